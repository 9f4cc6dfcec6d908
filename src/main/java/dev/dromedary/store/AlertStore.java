package dev.dromedary.store;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertChange;
import dev.dromedary.alert.AlertDesk;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Silence;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Alerts and silences in PostgreSQL, the same for all nodes. Safe for use by many threads and nodes. */
public final class AlertStore {
    static final Duration KEPT = Duration.ofDays(90);
    private static final long LOCK = 0x616c657274L;
    private static final String INSERT = "insert into alert (id, rule, by_what, subject, metric, unit, severity, state, value, threshold, text, suggested, since, updated, critical_since,"
            + " calm_since, eased_since, quiet_since, resolved_at, acknowledged_by, acknowledged_reason, acknowledged_at, told_severity, told_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set severity = excluded.severity, state = excluded.state,"
            + " value = excluded.value, threshold = excluded.threshold, text = excluded.text, suggested = excluded.suggested, since = excluded.since, updated = excluded.updated,"
            + " critical_since = excluded.critical_since, calm_since = excluded.calm_since, eased_since = excluded.eased_since, quiet_since = excluded.quiet_since,"
            + " resolved_at = excluded.resolved_at, acknowledged_by = excluded.acknowledged_by, acknowledged_reason = excluded.acknowledged_reason,"
            + " acknowledged_at = excluded.acknowledged_at, told_severity = excluded.told_severity, told_at = excluded.told_at";

    private final DataSource source;

    public AlertStore(DataSource source) {
        this.source = source;
    }

    /** Told in the look's own transaction of what people are to hear. */
    public interface Notices {
        void write(Connection connection, AlertDesk.Looked looked) throws SQLException;
    }

    /** Whether this node is to look now. @param every for which no other does */
    public boolean turn(Instant now, Duration every) throws SQLException {
        return !Sql.list(source, "insert into alert_look (one, at) values (true, ?) on conflict (one) do update set at = excluded.at where alert_look.at <= ? returning at",
                row -> row, now, now.minus(every)).isEmpty();
    }

    /** Brings all that is not resolved to where it is now, in one transaction with what is to be told. */
    public AlertDesk.Looked look(BiFunction<List<Alert>, List<Silence>, AlertDesk.Looked> desk, Notices notices, Instant now) throws SQLException {
        return Sql.transaction(source, connection -> {
            Sql.list(connection, "select pg_advisory_xact_lock(?)", row -> row, LOCK);
            List<Alert> known = Sql.list(connection, "select * from alert where state <> 'resolved' order by since for update", AlertStore::read);
            AlertDesk.Looked looked = desk.apply(known, Sql.list(connection, "select * from alert_silence where until > ? and ended_at is null", AlertStore::silence, now));
            for (String id : looked.dropped()) {
                Sql.update(connection, "delete from alert where id = ?", id);
            }
            Map<String, Alert> before = known.stream().collect(Collectors.toMap(Alert::id, Function.identity()));
            for (Alert one : looked.changed()) {
                write(connection, one);
                if (AlertChange.between(before.get(one.id()), one)) {
                    change(connection, one, now);
                }
            }
            notices.write(connection, looked);
            Sql.update(connection, "delete from alert where resolved_at < ?", now.minus(KEPT));
            Sql.update(connection, "delete from alert_silence where least(until, coalesce(ended_at, until)) < ?", now.minus(KEPT));
            return looked;
        });
    }

    private static void change(Connection connection, Alert one, Instant at) throws SQLException {
        Alert.Acknowledged by = one.state() == AlertState.ACKNOWLEDGED ? one.acknowledged() : null;
        Sql.update(connection, "insert into alert_change (alert, at, state, severity, value, text, made_by, reason) values (?, ?, ?, ?, ?, ?, ?, ?)", one.id(), at, one.state().id(),
                one.severity().id(), number(one.value()), one.text().replace('\0', ' '), by == null ? null : by.by(), by == null ? null : by.reason());
    }

    private static void write(Connection connection, Alert one) throws SQLException {
        Alert.Course course = one.course();
        Alert.Acknowledged acknowledged = one.acknowledged();
        Alert.Told told = one.told();
        Array suggested = connection.createArrayOf("text", one.suggested().toArray());
        Sql.update(connection, INSERT, one.id(), one.rule(), one.by().id(), one.subject(), one.metric(), one.unit(), one.severity().id(), one.state().id(), number(one.value()),
                number(one.threshold()), one.text().replace('\0', ' '), suggested, course.since(), course.updated(), course.critical(), course.calm(), course.eased(), course.quiet(),
                course.resolved(), acknowledged == null ? null : acknowledged.by(), acknowledged == null ? null : acknowledged.reason(), acknowledged == null ? null : acknowledged.at(),
                told == null ? null : told.severity().id(), told == null ? null : told.at());
    }

    /** The latest first. @param state null for all but pending */
    public List<Alert> list(@Nullable AlertState state, int limit) throws SQLException {
        return state == null ? Sql.list(source, "select * from alert where state <> 'pending' order by since desc, id limit ?", AlertStore::read, limit)
                : Sql.list(source, "select * from alert where state = ? order by since desc, id limit ?", AlertStore::read, state.id(), limit);
    }

    /** @return empty where there is none of that id, or it was not bad for long enough yet */
    public Optional<Alert> find(String id) throws SQLException {
        return Sql.list(source, "select * from alert where id = ? and state <> 'pending'", AlertStore::read, id).stream().findFirst();
    }

    /** What an alert went through, the earliest first. */
    public List<AlertChange> changes(String alert) throws SQLException {
        return Sql.list(source, "select * from alert_change where alert = ? order by at", row -> new AlertChange(Objects.requireNonNull(Sql.instant(row, "at")),
                word(row, "state", AlertState.class), word(row, "severity", Severity.class), number(row, "value"), row.getString("text"), row.getString("made_by"),
                row.getString("reason")), alert);
    }

    /** Those that were open at some time of the span, the earliest first; of very many, the latest. */
    public List<Alert> between(Instant from, Instant to, int limit) throws SQLException {
        return Sql.list(source, "select * from (select * from alert where state <> 'pending' and since < ? and coalesce(resolved_at, 'infinity') > ? order by since desc limit ?) a order by since",
                AlertStore::read, to, from, limit);
    }

    /** @param key name of the API key. @return empty where none of that id is open */
    public Optional<Alert> acknowledge(String id, Alert.Acknowledged by, String key) throws SQLException {
        return Sql.transaction(source, connection -> {
            List<Alert> done = Sql.list(connection, "update alert set state = 'acknowledged', acknowledged_by = ?, acknowledged_reason = ?, acknowledged_at = ? where id = ?"
                    + " and state in ('open', 'acknowledged') returning *", AlertStore::read, by.by(), by.reason(), by.at(), id);
            for (Alert one : done) {
                change(connection, one, by.at());
                AuditLog.write(connection, new AuditLog.Entry(by.at(), key, "alert.acknowledge", one.rule() + " " + one.subject() + " (" + one.id() + ")", by.by() + ": " + by.reason(), null));
            }
            return done.stream().findFirst();
        });
    }

    /** @param key name of the API key */
    public void silence(Silence one, String key) throws SQLException {
        Sql.transaction(source, connection -> {
            Sql.update(connection, "insert into alert_silence (id, rule, subject, since, until, made_by, reason) values (?, ?, ?, ?, ?, ?, ?)", one.id(), one.rule(), one.subject(),
                    one.since(), one.until(), one.by(), one.reason());
            AuditLog.write(connection, new AuditLog.Entry(one.since(), key, "alert.silence", text(one), one.by() + ": " + one.reason(), null));
            return one;
        });
    }

    /** @return empty where none of that id holds */
    public Optional<Silence> endSilence(String id, String reason, String key, Instant now) throws SQLException {
        return Sql.transaction(source, connection -> {
            List<Silence> ended = Sql.list(connection, "update alert_silence set ended_at = ? where id = ? and ended_at is null and until > ? returning *", AlertStore::silence, now, id, now);
            for (Silence one : ended) {
                AuditLog.write(connection, new AuditLog.Entry(now, key, "alert.unsilence", text(one), reason, null));
            }
            return ended.stream().findFirst();
        });
    }

    /** Those that hold, the one that ends first at the top. */
    public List<Silence> silences(Instant now) throws SQLException {
        return Sql.list(source, "select * from alert_silence where until > ? and ended_at is null order by until, id", AlertStore::silence, now);
    }

    private static String text(Silence one) {
        return (one.rule() == null ? "all rules" : one.rule()) + (one.subject() == null ? "" : " of " + one.subject()) + " until " + one.until();
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    private static <E extends Enum<E>> E word(ResultSet row, String column, Class<E> type) throws SQLException {
        return Enum.valueOf(type, row.getString(column).toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Alert read(ResultSet row) throws SQLException {
        Instant acknowledged = Sql.instant(row, "acknowledged_at");
        Instant told = Sql.instant(row, "told_at");
        return new Alert(row.getString("id"), row.getString("rule"), word(row, "by_what", By.class), row.getString("subject"), row.getString("metric"), row.getString("unit"),
                word(row, "severity", Severity.class), word(row, "state", AlertState.class), number(row, "value"), number(row, "threshold"), row.getString("text"),
                Arrays.asList((String[]) row.getArray("suggested").getArray()),
                new Alert.Course(Objects.requireNonNull(Sql.instant(row, "since")), Objects.requireNonNull(Sql.instant(row, "updated")), Sql.instant(row, "critical_since"),
                        Sql.instant(row, "calm_since"), Sql.instant(row, "eased_since"), Sql.instant(row, "quiet_since"), Sql.instant(row, "resolved_at")),
                acknowledged == null ? null : new Alert.Acknowledged(row.getString("acknowledged_by"), row.getString("acknowledged_reason"), acknowledged),
                told == null ? null : new Alert.Told(word(row, "told_severity", Severity.class), told));
    }

    private static Silence silence(ResultSet row) throws SQLException {
        return new Silence(row.getString("id"), row.getString("rule"), row.getString("subject"), Objects.requireNonNull(Sql.instant(row, "since")),
                Objects.requireNonNull(Sql.instant(row, "until")), row.getString("made_by"), row.getString("reason"), Sql.instant(row, "ended_at"));
    }
}
