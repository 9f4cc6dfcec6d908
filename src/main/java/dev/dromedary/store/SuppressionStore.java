package dev.dromedary.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that get no mail. Lookups are answered from memory, so that accepting goes on while the database is away; {@link #refresh()},
 * called periodically, brings what other nodes added. An entry takes about 200 bytes of memory. Safe for use by many threads.
 */
public final class SuppressionStore {
    private static final String ANY_STREAM = "";
    private final DataSource source;
    private final InstantSource clock;
    /** Written under this object's lock, so that a refresh does not undo an addition of the same moment. Address, then stream, to the end of the suppression; {@link Instant#MAX} for none. */
    private volatile Map<String, Map<String, Instant>> snapshot = new ConcurrentHashMap<>();

    /**
     * @param stream  null for every stream
     * @param expires null for never
     */
    public record Entry(String address, @Nullable String stream, String reason, Instant since, @Nullable Instant expires) {
    }

    public SuppressionStore(DataSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /** True where the address is suppressed for this stream or for every stream. Case does not matter. */
    public boolean contains(String address, String stream) {
        Map<String, Instant> streams = snapshot.get(folded(address));
        return streams != null && (stands(streams.get(ANY_STREAM)) || stands(streams.get(stream)));
    }

    private boolean stands(@Nullable Instant end) {
        return end != null && end.isAfter(clock.instant());
    }

    /** Adds an entry, or replaces the one for the same address and stream. */
    public synchronized void add(Entry entry) throws SQLException {
        String address = folded(entry.address());
        Sql.update(source, "insert into suppression (address, stream, reason, since, expires) values (?, ?, ?, ?, ?)"
                + " on conflict (address, stream) do update set reason = excluded.reason, since = excluded.since, expires = excluded.expires",
                address, stream(entry.stream()), entry.reason(), entry.since(), entry.expires());
        put(snapshot, address, stream(entry.stream()), entry.expires());
    }

    /** @return false where there was none */
    public synchronized boolean remove(String address, @Nullable String stream) throws SQLException {
        boolean removed = Sql.update(source, "delete from suppression where address = ? and stream = ?", folded(address), stream(stream)) > 0;
        Map<String, Instant> streams = snapshot.get(folded(address));
        if (streams != null) {
            streams.remove(stream(stream));
        }
        return removed;
    }

    /** In the order of addresses. */
    public List<Entry> list(int limit, int offset) throws SQLException {
        return Sql.list(source, "select * from suppression order by address, stream limit ? offset ?",
                row -> new Entry(row.getString("address"), row.getString("stream").isEmpty() ? null : row.getString("stream"), row.getString("reason"),
                        Objects.requireNonNull(Sql.instant(row, "since")), Sql.instant(row, "expires")),
                limit, offset);
    }

    /** Takes the state of the database; the last one stays in use where that fails. @return addresses in it */
    public synchronized int refresh() throws SQLException {
        var fresh = new ConcurrentHashMap<String, Map<String, Instant>>();
        Sql.transaction(source, connection -> Sql.each(connection, "select address, stream, expires from suppression where expires is null or expires > ?", row -> {
            put(fresh, row.getString("address"), row.getString("stream"), Sql.instant(row, "expires"));
            return Boolean.TRUE;
        }, done -> { }, clock.instant()));
        snapshot = fresh;
        return fresh.size();
    }

    private static void put(Map<String, Map<String, Instant>> map, String address, String stream, @Nullable Instant expires) {
        map.computeIfAbsent(address, key -> new ConcurrentHashMap<>(2)).put(stream, expires == null ? Instant.MAX : expires);
    }

    private static String stream(@Nullable String stream) {
        return stream == null ? ANY_STREAM : stream;
    }

    private static String folded(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
