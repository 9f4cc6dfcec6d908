package dev.dromedary.retry;

import dev.dromedary.message.PriorityClass;
import dev.dromedary.store.BulkInsert;
import dev.dromedary.store.EnvelopeColumns;
import dev.dromedary.store.MailFilter;
import dev.dromedary.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Messages that wait, in PostgreSQL. Safe for use by many threads and nodes. */
public final class DeferredStore {
    /** Bytes of bodies handed to a sender at a time. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private static final Comparator<DeferredMessage> LATER = Comparator.<DeferredMessage>comparingInt(message -> message.envelope().attempt())
            .thenComparing(DeferredMessage::deferredAt);
    private static final BulkInsert<DeferredMessage> ROWS = EnvelopeColumns.insertInto("deferred", DeferredMessage::envelope)
            .text("kind", message -> message.kind().id())
            .time("next_attempt", DeferredMessage::nextAttempt)
            .time("deferred_at", DeferredMessage::deferredAt)
            .text("reason", DeferredMessage::reason)
            .text("category", message -> message.category() == null ? null : message.category().id())
            .text("pool", DeferredMessage::pool)
            .integer("code", DeferredMessage::code)
            .bytes("body", DeferredMessage::body)
            .build("on conflict (message_id) do update set "
                    + EnvelopeColumns.assignments("kind", "next_attempt", "deferred_at", "reason", "category", "pool", "code", "body")
                    + " where (excluded.attempt, excluded.deferred_at) > (deferred.attempt, deferred.deferred_at)");
    private static final String COLUMNS = EnvelopeColumns.NAMES + ", kind, next_attempt, deferred_at, reason, category, pool, code, body";
    private static final String DUE = "select " + COLUMNS + " from deferred where next_attempt <= ? and %s order by next_attempt limit ? for update skip locked";
    /** As in the indexes of due messages, one to a class: a million of one class due at once hide none of another. */
    private static final Map<PriorityClass, String> OF_CLASS = Map.of(PriorityClass.URGENT, "priority < 100", PriorityClass.NORMAL, "priority >= 100 and priority < 150",
            PriorityClass.BULK, "priority >= 150");
    private final DataSource source;

    /** @param earliest the next attempt of the one that is due first */
    public record Waiting(String provider, DeferredMessage.Kind kind, long messages, Instant earliest) {
    }

    public DeferredStore(DataSource source) {
        this.source = source;
    }

    /**
     * Inserting again changes nothing; of two rows for one message the one with the higher attempt stays, then the one decided later.
     *
     * @return rows inserted or replaced
     */
    public int insert(List<DeferredMessage> messages) throws SQLException {
        Collection<DeferredMessage> latest = latestOfEach(messages);
        return Sql.transaction(source, connection -> ROWS.write(connection, List.copyOf(latest)));
    }

    /** One statement may touch a row only once; in the order of ids, so that two writers do not deadlock. */
    private static Collection<DeferredMessage> latestOfEach(List<DeferredMessage> messages) {
        var latest = new TreeMap<String, DeferredMessage>();
        for (DeferredMessage message : messages) {
            latest.merge(message.envelope().id(), message, (a, b) -> LATER.compare(a, b) >= 0 ? a : b);
        }
        return latest.values();
    }

    /**
     * Hands what is due of a class to the sender, earliest first, and forgets it. Feeders on other nodes pass over the rows this one holds. When the
     * sender throws, the rows stay; when this node dies in between, they are handed over again and the broker drops them by
     * their duplicate id.
     *
     * @param limit messages at a time; large ones end a batch early
     * @param send  returns only when the broker has them on disk
     * @return messages handed over: fewer than the limit does not mean that none is left
     */
    public int feed(PriorityClass priority, int limit, Instant now, Consumer<List<DeferredMessage>> send) throws SQLException {
        return Sql.transaction(source, connection -> {
            List<DeferredMessage> due = due(connection, priority, limit, now);
            if (due.isEmpty()) {
                return 0;
            }
            send.accept(due);
            List<String> ids = due.stream().map(message -> message.envelope().id()).toList();
            return Sql.update(connection, "delete from deferred where message_id = any(?)", ids);
        });
    }

    private static List<DeferredMessage> due(Connection connection, PriorityClass priority, int limit, Instant now) throws SQLException {
        long[] bytes = {0};
        return Sql.listWhile(connection, DUE.formatted(OF_CLASS.get(priority)), DeferredStore::read, message -> (bytes[0] += message.body().length) < MAX_BYTES, now, limit);
    }

    /** By provider and kind. */
    public List<Waiting> waiting() throws SQLException {
        return Sql.list(source, "select provider, kind, count(*) as messages, min(next_attempt) as earliest from deferred group by provider, kind order by provider, kind",
                row -> new Waiting(row.getString("provider"), DeferredMessage.Kind.ofId(row.getString("kind")), row.getLong("messages"),
                        Objects.requireNonNull(Sql.instant(row, "earliest"))));
    }

    public Optional<DeferredMessage> get(String messageId) throws SQLException {
        return Sql.list(source, "select " + COLUMNS + " from deferred where message_id = ?", DeferredStore::read, messageId).stream().findFirst();
    }

    /** Makes what matches due at once. @return how many */
    public int hasten(MailFilter filter, Instant now) throws SQLException {
        return Sql.update(source, "update deferred set next_attempt = least(next_attempt, ?) where " + filter.condition(), first(now, filter));
    }

    /** Takes what matches away, for events of cancellation or bounce. When the consumer throws, the rows stay. @return how many */
    public int remove(MailFilter filter, int limit, Consumer<List<DeferredMessage>> removed) throws SQLException {
        return Sql.transaction(source, connection -> {
            List<DeferredMessage> rows = Sql.list(connection, "select " + COLUMNS + " from deferred where " + filter.condition() + " limit ? for update skip locked",
                    DeferredStore::read, filter.parameters(limit));
            if (rows.isEmpty()) {
                return 0;
            }
            removed.accept(rows);
            return Sql.update(connection, "delete from deferred where message_id = any(?)", rows.stream().map(message -> message.envelope().id()).toList());
        });
    }

    private static Object[] first(Instant now, MailFilter filter) {
        Object[] others = filter.parameters();
        Object[] all = new Object[others.length + 1];
        all[0] = now;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    private static DeferredMessage read(ResultSet row) throws SQLException {
        String category = row.getString("category");
        return new DeferredMessage(EnvelopeColumns.read(row), row.getBytes("body"), DeferredMessage.Kind.ofId(row.getString("kind")),
                Objects.requireNonNull(Sql.instant(row, "next_attempt")), Objects.requireNonNull(Sql.instant(row, "deferred_at")), row.getString("reason"),
                category == null ? null : DeferredMessage.category(category), row.getString("pool"), row.getInt("code"));
    }
}
