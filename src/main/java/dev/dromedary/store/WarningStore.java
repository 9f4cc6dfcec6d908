package dev.dromedary.store;

import dev.dromedary.warning.Warning;
import dev.dromedary.warning.WarningKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Warnings in PostgreSQL, where all nodes find them, and those that are over for {@link #KEPT} more. Safe for use by many threads and nodes. */
public final class WarningStore {
    static final Duration KEPT = Duration.ofDays(30);
    private final DataSource source;
    private final Warning.Steps steps;

    public WarningStore(DataSource source, Warning.Steps steps) {
        this.source = source;
        this.steps = steps;
    }

    /** Adds them, or brings those that are there up to date; one that was ended stays ended. */
    public void write(List<Warning> warnings, Instant now) throws SQLException {
        if (warnings.isEmpty()) {
            return;
        }
        Sql.transaction(source, connection -> {
            for (Warning one : warnings) {
                write(connection, one);
            }
            return Sql.update(connection, "delete from warning where ends_at < ?", now.minus(KEPT));
        });
    }

    private void write(Connection connection, Warning one) throws SQLException {
        Sql.update(connection, "insert into warning (id, kind, critical, pool, provider, since, seen, level, level_at, floor, per_second, count, total, usual, earliest, expected,"
                + " cause, ends_at, ended_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set critical = excluded.critical,"
                + " seen = excluded.seen, level = excluded.level, level_at = excluded.level_at, floor = excluded.floor, count = excluded.count, total = excluded.total,"
                + " earliest = excluded.earliest, expected = excluded.expected, cause = excluded.cause, ends_at = excluded.ends_at, ended_at = excluded.ended_at"
                + " where warning.ended_at is null and excluded.seen >= warning.seen",
                one.id(), one.kind().id(), one.critical(), one.pool(), one.provider(), one.since(), one.seen(), one.level(), one.levelAt(), one.floor(), known(one.perSecond()),
                one.count(), one.total(), known(one.usual()), one.earliest(), one.expected(), one.cause().replace('\0', ' '), one.end(steps), one.ended());
    }

    /** Those that are not over. */
    public List<Warning> open(Instant now) throws SQLException {
        return Sql.list(source, "select * from warning where ends_at > ? and ended_at is null order by since", WarningStore::read, now);
    }

    /** The latest first, open or not. */
    public List<Warning> latest(int limit) throws SQLException {
        return Sql.list(source, "select * from warning order by since desc, id limit ?", WarningStore::read, limit);
    }

    /** @return empty where none of that id is open */
    public Optional<Warning> end(String id, String by, String reason, Instant now) throws SQLException {
        return Sql.transaction(source, connection -> {
            List<Warning> ended = Sql.list(connection, "update warning set ended_at = ?, ends_at = ?, end_reason = ? where id = ? and ended_at is null and ends_at > ? returning *",
                    WarningStore::read, now, now, reason, id, now);
            for (Warning one : ended) {
                AuditLog.write(connection, new AuditLog.Entry(now, by, "warning.end", one.id(), reason, null));
            }
            return ended.stream().findFirst();
        });
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    private static Warning read(ResultSet row) throws SQLException {
        return new Warning(row.getString("id"), WarningKind.parse(row.getString("kind")), row.getBoolean("critical"), row.getString("pool"), row.getString("provider"),
                Objects.requireNonNull(Sql.instant(row, "since")), Objects.requireNonNull(Sql.instant(row, "seen")), row.getInt("level"),
                Objects.requireNonNull(Sql.instant(row, "level_at")), row.getDouble("floor"), number(row, "per_second"), row.getLong("count"), row.getLong("total"),
                number(row, "usual"), Sql.instant(row, "earliest"), Sql.instant(row, "expected"), row.getString("cause"), Sql.instant(row, "ended_at"));
    }
}
