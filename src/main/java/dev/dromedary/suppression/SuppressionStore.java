package dev.dromedary.suppression;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventWriter;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.BulkInsert;
import dev.dromedary.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that get no mail. Lookups are answered from memory, so that accepting and sending go on while the database is away;
 * {@link #refresh()}, called periodically, brings what other nodes changed. Safe for use by many threads.
 */
public final class SuppressionStore {
    private static final String ANY_STREAM = "";
    /** What was removed is known to the database for a day; a node that could not ask for half of one starts afresh. */
    private static final Duration CHANGES_KEPT = Duration.ofDays(1);
    private static final Duration CHANGES_TRUSTED = Duration.ofHours(12);
    private static final BulkInsert<Suppression> REPLACING = rows("");
    /** What a refusal or complaint says never cuts short what stands. */
    private static final BulkInsert<Suppression> EXTENDING = rows(
            " where suppression.expires is not null and (excluded.expires is null or excluded.expires > suppression.expires)");
    private static final String STANDS = " and (expires is null or expires > ?)";
    private static final int PART = 5_000;
    private final DataSource source;
    private final InstantSource clock;
    /** Replaced and written to under this object's lock, so that a refresh does not undo an addition of the same moment. */
    private volatile SuppressionIndex index = new SuppressionIndex();
    /** Changes of transactions from this one on are still to be read; 0 where all are. */
    private long horizon;
    private Instant refreshed = Instant.MIN;

    public SuppressionStore(DataSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    private static BulkInsert<Suppression> rows(String condition) {
        return BulkInsert.<Suppression>into("suppression")
                .text("address", Suppression::address)
                .text("stream", entry -> stream(entry.stream()))
                .text("reason", Suppression::reason)
                .text("detail", Suppression::detail)
                .text("origin", entry -> entry.origin().id())
                .time("since", Suppression::since)
                .time("expires", Suppression::expires)
                .build("on conflict (address, stream) do update set reason = excluded.reason, detail = excluded.detail, origin = excluded.origin,"
                        + " since = excluded.since, expires = excluded.expires" + condition);
    }

    /** True where the address is suppressed for this stream or for every stream. Case does not matter. */
    public boolean contains(String address, String stream) {
        return index.contains(Suppression.folded(address), stream, clock.instant());
    }

    /** Adds entries, or replaces those for the same address and stream; of two for one the later in the list counts. */
    public void put(List<Suppression> entries) throws SQLException {
        put(entries, null);
    }

    /** Adds or replaces one, in one transaction with an entry in the audit log. */
    public void put(Suppression one, AuditLog.Entry audited) throws SQLException {
        put(List.of(one), audited.touching(1));
    }

    private synchronized void put(List<Suppression> entries, AuditLog.@Nullable Entry audited) throws SQLException {
        List<Suppression> sorted = lastOfEach(entries);
        Sql.transaction(source, connection -> {
            if (audited != null) {
                AuditLog.write(connection, audited);
            }
            return REPLACING.write(connection, sorted);
        });
        sorted.forEach(entry -> index.put(entry.address(), stream(entry.stream()), entry.expires()));
    }

    /**
     * Runs work that ends in entries to add, none or more, in its transaction. An entry that stands, and ends no sooner, is left as it is.
     *
     * @param work may be run again with the same outcome
     */
    synchronized void extend(Sql.Work<List<Suppression>> work) throws SQLException {
        List<Suppression> added = Sql.transaction(source, connection -> {
            List<Suppression> sorted = lastOfEach(work.with(connection));
            EXTENDING.write(connection, sorted);
            return sorted;
        });
        added.forEach(entry -> index.extend(entry.address(), stream(entry.stream()), entry.expires()));
    }

    /** Adds an entry unless one stands that ends no sooner. */
    public void extend(Suppression entry) throws SQLException {
        extend(connection -> List.of(entry));
    }

    /** Adds entries likewise, in one transaction with the events that tell of them. @return how many of the events are new */
    public int extend(List<Suppression> entries, List<DeliveryEvent> told) throws SQLException {
        var written = new AtomicInteger();
        extend(connection -> {
            written.set(EventWriter.write(connection, told));
            return entries;
        });
        return written.get();
    }

    /** One statement may touch a row only once; sorted, so that two writers do not deadlock. */
    private static List<Suppression> lastOfEach(List<Suppression> entries) {
        var last = new TreeMap<String, Suppression>();
        entries.forEach(entry -> last.put(entry.address() + '\0' + stream(entry.stream()), entry));
        return List.copyOf(last.values());
    }

    /** @param stream null for the entry of every stream @return false where there was none */
    public boolean remove(String address, @Nullable String stream) throws SQLException {
        return remove(new SuppressionFilter(address, null, stream(stream), null, null, null)) > 0;
    }

    /** Takes what matches off the list, a part at a time, and forgets the strikes that led to it. @return how many */
    public int remove(SuppressionFilter filter) throws SQLException {
        int total = 0;
        int removed;
        do {
            removed = removePart(filter, PART, null);
            total += removed;
        } while (removed == PART);
        return total;
    }

    /** The same in one transaction with an entry in the audit log, which is not written where nothing matches: for what is few. */
    public int remove(SuppressionFilter filter, AuditLog.Entry audited) throws SQLException {
        return removePart(filter, Integer.MAX_VALUE, audited);
    }

    private synchronized int removePart(SuppressionFilter filter, int limit, AuditLog.@Nullable Entry audited) throws SQLException {
        String delete = "delete from suppression where (address, stream) in (select address, stream from suppression where " + filter.condition()
                + " order by address, stream limit ? for update) returning *";
        List<Suppression> removed = Sql.transaction(source, connection -> {
            List<Suppression> rows = Sql.list(connection, delete, SuppressionStore::read, filter.parameters(limit));
            Sql.update(connection, "delete from suppression_strike where address = any(?)", rows.stream().map(Suppression::address).toList());
            if (audited != null && !rows.isEmpty()) {
                AuditLog.write(connection, audited.touching(rows.size()));
            }
            return rows;
        });
        removed.forEach(entry -> index.remove(entry.address(), stream(entry.stream())));
        return removed.size();
    }

    /** What stands, in the order of addresses. */
    public List<Suppression> list(SuppressionFilter filter, int limit, int offset) throws SQLException {
        return Sql.list(source, "select * from suppression where " + filter.condition() + STANDS + " order by address, stream limit ? offset ?", SuppressionStore::read,
                filter.parameters(clock.instant(), limit, offset));
    }

    public long count(SuppressionFilter filter) throws SQLException {
        return Sql.list(source, "select count(*) from suppression where " + filter.condition() + STANDS, row -> row.getLong(1), filter.parameters(clock.instant())).get(0);
    }

    /** Gives all that match and stand to the reader, in the order of addresses, a few at a time in memory. @return how many */
    public int export(SuppressionFilter filter, Consumer<Suppression> reader) throws SQLException {
        return Sql.transaction(source, connection -> Sql.each(connection, "select * from suppression where " + filter.condition() + STANDS + " order by address, stream",
                SuppressionStore::read, reader, filter.parameters(clock.instant())));
    }

    /** Takes what changed in the database, or everything at first and after a long silence; where that fails, the last state stays in use. @return entries in memory */
    public synchronized int refresh() throws SQLException {
        Instant now = clock.instant();
        if (horizon == 0 || refreshed.plus(CHANGES_TRUSTED).isBefore(now)) {
            readAll(now);
        } else {
            readChanges();
        }
        refreshed = now;
        return index.size();
    }

    private void readAll(Instant now) throws SQLException {
        var fresh = new SuppressionIndex();
        long next = Sql.transaction(source, connection -> {
            long oldest = oldestUnderWay(connection);
            Sql.each(connection, "select address, stream, expires from suppression where expires is null or expires > ?", row -> {
                fresh.put(row.getString(1), row.getString(2), Sql.instant(row, "expires"));
                return Boolean.TRUE;
            }, done -> { }, now);
            return oldest;
        });
        index = fresh;
        horizon = next;
    }

    /** Removals first: what was removed and added again stands in both tables. */
    private void readChanges() throws SQLException {
        horizon = Sql.transaction(source, connection -> {
            long oldest = oldestUnderWay(connection);
            Sql.each(connection, "select address, stream from suppression_removed where changed >= ?", row -> {
                index.remove(row.getString(1), row.getString(2));
                return Boolean.TRUE;
            }, done -> { }, horizon);
            Sql.each(connection, "select address, stream, expires from suppression where changed >= ?", row -> {
                index.put(row.getString(1), row.getString(2), Sql.instant(row, "expires"));
                return Boolean.TRUE;
            }, done -> { }, horizon);
            return oldest;
        });
    }

    private static long oldestUnderWay(Connection connection) throws SQLException {
        return Sql.list(connection, "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", row -> row.getLong(1)).get(0);
    }

    /** Deletes what has expired, and what is remembered of removals for longer than any node needs it. @return entries that had expired */
    public int purge() throws SQLException {
        Instant now = clock.instant();
        Sql.update(source, "delete from suppression_removed where at < ?", now.minus(CHANGES_KEPT));
        return Sql.update(source, "delete from suppression where expires <= ?", now);
    }

    private static Suppression read(ResultSet row) throws SQLException {
        return new Suppression(row.getString("address"), row.getString("stream").isEmpty() ? null : row.getString("stream"), row.getString("reason"), row.getString("detail"),
                Suppression.Origin.ofId(row.getString("origin")), Objects.requireNonNull(Sql.instant(row, "since")), Sql.instant(row, "expires"));
    }

    private static String stream(@Nullable String stream) {
        return stream == null ? ANY_STREAM : stream;
    }
}
