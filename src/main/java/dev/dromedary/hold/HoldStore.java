package dev.dromedary.hold;

import dev.dromedary.store.AuditLog;
import dev.dromedary.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** Holds in PostgreSQL, for all nodes, each change with its entry in the audit log. Safe for use by many threads. */
public final class HoldStore {
    /** Who ends a hold whose time is up. */
    static final String CLOCK = "dromedary";
    private static final String COLUMNS = "id, kind, value, mode, reason, made_by, since, expires";
    private static final String STANDING = "select " + COLUMNS + " from hold where ended is null";
    private final DataSource source;
    private final Holds holds;
    private final InstantSource clock;

    /** What is asked for. @param length how long it lasts unless it is lifted */
    public record Request(Hold.Kind kind, String value, Hold.Mode mode, String reason, String by, Duration length) {
    }

    /** @param holds told of every change */
    public HoldStore(DataSource source, Holds holds, InstantSource clock) {
        this.source = source;
        this.holds = holds;
        this.clock = clock;
    }

    public Holds holds() {
        return holds;
    }

    /** Holds something, or where it is held already puts the new mode, reason and end in place of the old. */
    public Hold place(Request request) throws SQLException {
        Instant now = now();
        Hold placed = Sql.transaction(source, connection -> {
            endExpired(connection, now);
            Hold hold = Sql.list(connection, "insert into hold (kind, value, mode, reason, made_by, since, expires) values (?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict (kind, value) where ended is null do update set mode = excluded.mode, reason = excluded.reason, made_by = excluded.made_by,"
                    + " expires = excluded.expires returning " + COLUMNS, HoldStore::read,
                    request.kind().id(), request.value(), request.mode().id(), request.reason(), request.by(), now, now.plus(request.length())).get(0);
            AuditLog.write(connection, new AuditLog.Entry(now, request.by(), "hold." + request.mode().id(), hold.subject() + " until " + hold.expires(), request.reason(), null));
            return hold;
        });
        refresh();
        return placed;
    }

    /** @return the hold that was in force, or empty where there was none of this id */
    public Optional<Hold> lift(long id, String by, String reason) throws SQLException {
        Instant now = now();
        Optional<Hold> lifted = Sql.transaction(source, connection -> {
            List<Hold> ended = Sql.list(connection, "update hold set ended = ? where id = ? and ended is null returning " + COLUMNS, HoldStore::read, now, id);
            for (Hold hold : ended) {
                AuditLog.write(connection, new AuditLog.Entry(now, by, "hold.resume", hold.subject(), reason, null));
            }
            return ended.stream().findFirst();
        });
        refresh();
        return lifted;
    }

    /** Ends what has expired and takes over what other nodes changed; where the database is away the holds last known stay in force until they expire. */
    public synchronized void refresh() throws SQLException {
        Instant now = now();
        holds.replace(Sql.transaction(source, connection -> {
            endExpired(connection, now);
            return Sql.list(connection, STANDING, HoldStore::read);
        }));
    }

    /** What is not ended in the database, of which what has expired is still a part: nothing is changed. */
    public List<Hold> standing() throws SQLException {
        return Sql.list(source, STANDING, HoldStore::read);
    }

    /** Forgets holds that were over before this time. @return how many */
    public int purge(Instant before) throws SQLException {
        return Sql.update(source, "delete from hold where ended < ?", before);
    }

    private static void endExpired(Connection connection, Instant now) throws SQLException {
        for (Hold hold : Sql.list(connection, "update hold set ended = expires where ended is null and expires <= ? returning " + COLUMNS, HoldStore::read, now)) {
            AuditLog.write(connection, new AuditLog.Entry(now, CLOCK, "hold.expired", hold.subject(), hold.reason(), null));
        }
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Hold read(ResultSet row) throws SQLException {
        return new Hold(row.getLong("id"), Hold.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getString("value"),
                Hold.Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)), row.getString("reason"), row.getString("made_by"),
                Objects.requireNonNull(Sql.instant(row, "since")), Objects.requireNonNull(Sql.instant(row, "expires")));
    }
}
