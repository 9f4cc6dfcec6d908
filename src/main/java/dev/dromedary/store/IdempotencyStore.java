package dev.dromedary.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** What keyed requests led to. Rows are written with the event of the accepted message; this reads and purges them. */
public final class IdempotencyStore {
    private static final int PURGE_BATCH = 10_000;
    private final DataSource source;
    private final InstantSource clock;

    /** @param requestHash SHA-256 of the request's body in lower-case hex: another body under the same key is a conflict */
    public record Entry(String key, String requestHash, String submissionId, Instant acceptedAt, Instant expiresAt) {
    }

    public IdempotencyStore(DataSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The first request under this key whose window is not over. */
    public Optional<Entry> find(String key) throws SQLException {
        return Sql.list(source, "select * from idempotency where key = ? and expires_at > ?",
                row -> new Entry(row.getString("key"), row.getString("request_hash"), row.getString("submission_id"), Objects.requireNonNull(Sql.instant(row, "accepted_at")),
                        Objects.requireNonNull(Sql.instant(row, "expires_at"))),
                key, clock.instant()).stream().findFirst();
    }

    /** Deletes some of the keys whose window is over; call it periodically. @return how many */
    public int purge() throws SQLException {
        return Sql.update(source, "delete from idempotency where key in (select key from idempotency where expires_at <= ? limit ?)", clock.instant(), PURGE_BATCH);
    }
}
