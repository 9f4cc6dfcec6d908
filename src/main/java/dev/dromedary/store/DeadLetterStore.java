package dev.dromedary.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Messages given up, in PostgreSQL: to be looked at, sent again or purged. Safe for use by many threads and nodes. */
public final class DeadLetterStore {
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private static final BulkInsert<DeadLetter.Whole> ROWS = EnvelopeColumns.insertInto("dead_letter", (DeadLetter.Whole whole) -> whole.letter().envelope())
            .text("outcome", whole -> whole.letter().outcome().id())
            .text("reason", whole -> whole.letter().reason())
            .integer("code", whole -> whole.letter().code())
            .text("enhanced", whole -> whole.letter().enhanced())
            .text("category", whole -> whole.letter().category())
            .text("pool", whole -> whole.letter().pool())
            .time("dead_at", whole -> whole.letter().deadAt())
            .bytes("body", DeadLetter.Whole::body)
            .build("on conflict (message_id) do update set "
                    + EnvelopeColumns.assignments("outcome", "reason", "code", "enhanced", "category", "pool", "dead_at", "body")
                    + ", replayed_at = null where excluded.dead_at > dead_letter.dead_at");
    private static final String COLUMNS = EnvelopeColumns.NAMES + ", outcome, reason, code, enhanced, category, pool, dead_at, replayed_at";
    private final DataSource source;

    /** What is done in the transaction that deletes letters. */
    public interface Farewell {
        void to(Connection connection, List<DeadLetter> letters) throws SQLException;
    }

    public DeadLetterStore(DataSource source) {
        this.source = source;
    }

    /** Inserting again changes nothing; a message that dies again after a replay replaces its row. @return rows inserted or replaced */
    public int insert(List<DeadLetter.Whole> letters) throws SQLException {
        var latest = new TreeMap<String, DeadLetter.Whole>();
        for (DeadLetter.Whole whole : letters) {
            latest.merge(whole.letter().envelope().id(), whole, (a, b) -> b.letter().deadAt().isAfter(a.letter().deadAt()) ? b : a);
        }
        return Sql.transaction(source, connection -> write(connection, List.copyOf(latest.values())));
    }

    /** Within the caller's transaction. @param letters none twice */
    public static int write(Connection connection, List<DeadLetter.Whole> letters) throws SQLException {
        return ROWS.write(connection, letters);
    }

    /** The latest first, without their bytes. */
    public List<DeadLetter> list(MailFilter filter, int limit, int offset) throws SQLException {
        return Sql.list(source, "select " + COLUMNS + " from dead_letter where " + filter.condition() + " order by dead_at desc, message_id limit ? offset ?",
                DeadLetterStore::letter, filter.parameters(limit, offset));
    }

    public long count(MailFilter filter) throws SQLException {
        return Sql.list(source, "select count(*) from dead_letter where " + filter.condition(), row -> row.getLong(1), filter.parameters()).get(0);
    }

    public Optional<DeadLetter.Whole> get(String messageId) throws SQLException {
        return Sql.list(source, "select " + COLUMNS + ", body from dead_letter where message_id = ?", DeadLetterStore::whole, messageId).stream().findFirst();
    }

    /**
     * Hands a batch of what matches and was not sent again yet to the sender, oldest first, and marks it. When the sender throws, nothing
     * is marked. Call it until it returns 0, with the same time: what dies again meanwhile is not taken a second time.
     *
     * @param now  what died later is not meant
     * @param send returns only when the broker has them on disk
     */
    public int replay(MailFilter filter, int limit, Instant now, Consumer<List<DeadLetter.Whole>> send) throws SQLException {
        String select = "select " + COLUMNS + ", body from dead_letter where replayed_at is null and " + filter.condition()
                + " and dead_at <= ? order by dead_at limit ? for update skip locked";
        return Sql.transaction(source, connection -> {
            long[] bytes = {0};
            List<DeadLetter.Whole> batch = Sql.listWhile(connection, select, DeadLetterStore::whole, whole -> (bytes[0] += whole.body().length) < MAX_BYTES,
                    filter.parameters(now, limit));
            if (batch.isEmpty()) {
                return 0;
            }
            send.accept(batch);
            List<String> ids = batch.stream().map(whole -> whole.letter().envelope().id()).toList();
            return Sql.update(connection, "update dead_letter set replayed_at = ? where message_id = any(?)", now, ids);
        });
    }

    /** Gives everything that matches to the reader, oldest first, a few at a time in memory. @return how many */
    public int export(MailFilter filter, Consumer<DeadLetter.Whole> reader) throws SQLException {
        String select = "select " + COLUMNS + ", body from dead_letter where " + filter.condition() + " order by dead_at, message_id";
        return Sql.transaction(source, connection -> Sql.each(connection, select, DeadLetterStore::whole, reader, filter.parameters()));
    }

    /** Deletes what matches and was not sent again. @param farewell not called where nothing is deleted @return how many */
    public int drop(MailFilter filter, Farewell farewell) throws SQLException {
        return Sql.transaction(source, connection -> {
            List<DeadLetter> dropped = Sql.list(connection, "delete from dead_letter where replayed_at is null and " + filter.condition() + " returning " + COLUMNS,
                    DeadLetterStore::letter, filter.parameters());
            if (!dropped.isEmpty()) {
                farewell.to(connection, dropped);
            }
            return dropped.size();
        });
    }

    /** Deletes what died before this time. @return how many */
    public int purge(Instant before) throws SQLException {
        return Sql.update(source, "delete from dead_letter where dead_at < ?", before);
    }

    private static DeadLetter.Whole whole(ResultSet row) throws SQLException {
        return new DeadLetter.Whole(letter(row), row.getBytes("body"));
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(EnvelopeColumns.read(row), DeadLetter.Kind.ofId(row.getString("outcome")), row.getString("reason"), row.getInt("code"),
                row.getString("enhanced"), row.getString("category"), row.getString("pool"), Objects.requireNonNull(Sql.instant(row, "dead_at")),
                Sql.instant(row, "replayed_at"));
    }
}
