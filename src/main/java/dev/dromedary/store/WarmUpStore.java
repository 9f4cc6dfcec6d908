package dev.dromedary.store;

import dev.dromedary.warmup.DayCount;
import dev.dromedary.warmup.SharedCount;
import dev.dromedary.warmup.WarmUp;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Warm-ups in PostgreSQL, where all nodes find them, and what each node sent. Safe for use by many threads and nodes. */
public final class WarmUpStore {
    /** A node that was not heard of for so long gets no share of the day. */
    static final Duration LIVE = Duration.ofSeconds(30);
    private static final int KEPT_DAYS = 60;
    private static final String PUT = "insert into warm_up as known (configured, from_day, stage, status, day, partial, stalled, idle, stepped_back, note, version, pool, provider)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (pool, provider) do update set configured = excluded.configured, from_day = excluded.from_day,"
            + " stage = excluded.stage, status = excluded.status, day = excluded.day, partial = excluded.partial, stalled = excluded.stalled, idle = excluded.idle,"
            + " stepped_back = excluded.stepped_back, note = excluded.note, version = excluded.version";

    private final DataSource source;
    private final String node;

    /** What all nodes know. @param nodes live ones, this one among them */
    public record Shared(List<WarmUp> warmUps, List<SharedCount> counts, int nodes) {
    }

    public WarmUpStore(DataSource source, String node) {
        this.source = source;
        this.node = node;
    }

    /** Writes what is newer than what is there, and what this node sent; then reads what all know. */
    public Shared share(List<WarmUp> changed, List<SharedCount> counts, LocalDate today) throws SQLException {
        return Sql.transaction(source, connection -> {
            for (WarmUp one : changed) {
                put(connection, PUT + " where known.version < excluded.version or known.from_day < excluded.from_day", one);
            }
            for (SharedCount count : counts) {
                put(connection, count);
            }
            Sql.update(connection, "insert into warm_up_node (node, seen) values (?, now()) on conflict (node) do update set seen = now()", node);
            if (!counts.isEmpty()) {
                Sql.update(connection, "delete from warm_up_count where day < ?", Date.valueOf(today.minusDays(KEPT_DAYS)));
            }
            return read(connection, today);
        });
    }

    private Shared read(Connection connection, LocalDate today) throws SQLException {
        List<WarmUp> warmUps = Sql.list(connection, "select * from warm_up", WarmUpStore::readWarmUp);
        List<SharedCount> counts = Sql.list(connection, "select c.pool, c.provider, c.day, " + sums("own", "=") + ", " + sums("other", "<>")
                + " from warm_up_count c join warm_up w using (pool, provider) where c.day in (w.day, ?, ?) group by c.pool, c.provider, c.day order by c.day",
                row -> new SharedCount(row.getString("pool"), row.getString("provider"), row.getObject("day", LocalDate.class), count(row, "own"), count(row, "other")),
                node, node, node, node, node, node, node, node, node, node, Date.valueOf(today), Date.valueOf(today.minusDays(1)));
        int nodes = Sql.list(connection, "select count(*) from warm_up_node where seen > now() - make_interval(secs => ?)", row -> row.getInt(1), (double) LIVE.toSeconds()).get(0);
        return new Shared(warmUps, counts, nodes);
    }

    private static String sums(String whose, String operator) {
        var out = new StringBuilder();
        for (String what : List.of("sent", "accepted", "deferred", "blocked", "complaints")) {
            out.append(out.isEmpty() ? "" : ", ").append("coalesce(sum(c.%s) filter (where c.node %s ?), 0) as %s_%s".formatted(what, operator, whose, what));
        }
        return out.toString();
    }

    private static DayCount count(ResultSet row, String whose) throws SQLException {
        return new DayCount(row.getLong(whose + "_sent"), row.getLong(whose + "_accepted"), row.getLong(whose + "_deferred"), row.getLong(whose + "_blocked"),
                row.getLong(whose + "_complaints"));
    }

    /**
     * What an operator does, with its entry in the audit log. What waits for room at the provider is looked at again at once.
     *
     * @return false where another change came between
     */
    public boolean change(@Nullable WarmUp before, WarmUp after, String by, String action, String reason, Instant now) throws SQLException {
        return Sql.transaction(source, connection -> {
            int done = put(connection, PUT + " where known.version = " + (before == null ? -1 : before.version()), after);
            if (done > 0) {
                AuditLog.write(connection, new AuditLog.Entry(now, by, "warm-up." + action, after.pool() + " to " + after.provider() + ", stage " + after.stage(), reason, null));
                Sql.update(connection, "update deferred set next_attempt = ? where kind = 'paced' and provider = ? and next_attempt > ?", now, after.provider(), now);
            }
            return done > 0;
        });
    }

    private static int put(Connection connection, String sql, WarmUp one) throws SQLException {
        LocalDate back = one.steppedBack();
        return Sql.update(connection, sql, one.configured(), Date.valueOf(one.from()), one.stage(), one.status().id(), Date.valueOf(one.day()), one.partial(), one.stalled(),
                one.idle(), back == null ? null : Date.valueOf(back), one.note(), one.version(), one.pool(), one.provider());
    }

    /** A total never falls, whichever comes last. */
    private void put(Connection connection, SharedCount count) throws SQLException {
        DayCount own = count.own();
        Sql.update(connection, "insert into warm_up_count as known (pool, provider, day, node, sent, accepted, deferred, blocked, complaints) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (pool, provider, day, node) do update set sent = greatest(known.sent, excluded.sent), accepted = greatest(known.accepted, excluded.accepted),"
                + " deferred = greatest(known.deferred, excluded.deferred), blocked = greatest(known.blocked, excluded.blocked), complaints = greatest(known.complaints, excluded.complaints)",
                count.pool(), count.provider(), Date.valueOf(count.day()), node, own.sent(), own.accepted(), own.deferred(), own.blocked(), own.complaints());
    }

    private static WarmUp readWarmUp(ResultSet row) throws SQLException {
        return new WarmUp(row.getString("pool"), row.getString("provider"), row.getBoolean("configured"), row.getObject("from_day", LocalDate.class), row.getInt("stage"),
                WarmUp.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)), row.getObject("day", LocalDate.class), row.getBoolean("partial"), row.getInt("stalled"),
                row.getInt("idle"), row.getObject("stepped_back", LocalDate.class), row.getString("note"), row.getLong("version"));
    }
}
