package dev.dromedary.store;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.Telling;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;

/** What is to be told of alerts, and to whom, in PostgreSQL, so that nodes share the work and nothing is lost with one. Safe for use by many threads and nodes. */
public final class NoticeStore {
    /** How long one that is done is kept; longer where its alert is not over, so that the end is told to those who were told of it. */
    static final Duration KEPT = Duration.ofDays(30);
    private static final String OVERTAKEN = "a later one of the same alert was sent";
    private static final String TAKE = "with taken as materialized (select id, due from alert_notice where done_at is null and due <= ? and target = ? order by due, id limit ? for update skip locked)"
            + " update alert_notice set due = ?, attempts = attempts + 1 from taken where alert_notice.id = taken.id"
            + " returning alert_notice.id, alert, kind, target, body, made_at, attempts, taken.due as was_due";

    private final DataSource source;

    public NoticeStore(DataSource source) {
        this.source = source;
    }

    /** Within the caller's transaction, with which the alert is kept. The end of an alert is told to those of the targets who were told of the alert. */
    public static void write(Connection connection, Telling telling, Collection<String> targets, Instant now) throws SQLException {
        Alert alert = telling.alert();
        List<String> told = telling.kind() == Telling.Kind.RESOLVED
                ? Sql.list(connection, "select distinct target from alert_notice where alert = ?", row -> row.getString(1), alert.id()) : List.of();
        String body = NoticeBody.of(alert);
        for (String target : targets) {
            if (telling.kind() != Telling.Kind.RESOLVED || told.contains(target)) {
                Sql.update(connection, "insert into alert_notice (alert, kind, target, body, made_at, due) values (?, ?, ?, ?, ?, ?)", alert.id(), telling.kind().id(), target, body, now, now);
            }
        }
    }

    /**
     * Takes what is due for a target, the longest due first. Nobody else takes it until the lease is over: by then it is {@link #sent}, {@link #failed} or {@link #givenUp}, or this
     * node is gone.
     */
    public List<Notice> claim(String target, Instant now, Duration lease, int limit) throws SQLException {
        return limit <= 0 ? List.of() : Sql.list(source, TAKE, NoticeStore::notice, now, target, limit, now.plus(lease)).stream()
                .sorted(Comparator.comparing(Notice::due).thenComparing(Notice::id)).toList();
    }

    /**
     * What was to be told before of the same alert, and was not yet, is out of date with that.
     *
     * @param answer what the receiver said
     */
    public void sent(long id, String answer, Instant now) throws SQLException {
        Sql.transaction(source, connection -> {
            Sql.update(connection, "update alert_notice set done_at = ?, sent = true, answer = ?, error = null where id = ? and done_at is null", now, plain(answer), id);
            return Sql.update(connection, "update alert_notice older set done_at = ?, error = ? from alert_notice one where one.id = ? and older.alert = one.alert"
                    + " and older.target = one.target and older.id < one.id and older.done_at is null", now, OVERTAKEN, id);
        });
    }

    public void failed(long id, String error, Instant nextDue) throws SQLException {
        Sql.update(source, "update alert_notice set error = ?, due = ? where id = ? and done_at is null", plain(error), nextDue, id);
    }

    public void givenUp(long id, String error, Instant now) throws SQLException {
        Sql.update(source, "update alert_notice set error = ?, done_at = ? where id = ? and done_at is null", plain(error), now, id);
    }

    /** Gives up those for targets that no node seems to know. @param known to this node @return their targets, one for each */
    public List<String> giveUpUnknown(Collection<String> known, Instant madeBefore, String error, Instant now) throws SQLException {
        return Sql.list(source, "update alert_notice set error = ?, done_at = ? where done_at is null and made_at < ? and due <= ? and target <> all (?) returning target",
                row -> row.getString(1), error, now, madeBefore, now, known);
    }

    /** @return how many were deleted */
    public int deleteOld(Instant now) throws SQLException {
        return Sql.update(source, "delete from alert_notice where done_at < ? and not exists (select 1 from alert where alert.id = alert_notice.alert and alert.state <> 'resolved')",
                now.minus(KEPT));
    }

    /** Who was told of an alert, and who is to be, the earliest first; of very many, the latest. */
    public List<Notice.Line> of(String alert, int limit) throws SQLException {
        return Sql.list(source, "select * from (select * from alert_notice where alert = ? order by id desc limit ?) n order by id", NoticeStore::line, alert, limit);
    }

    /** Of each target the notice that was done last, where that one was given up. */
    public List<Notice.Line> unreached(Collection<String> targets) throws SQLException {
        return Sql.list(source, "select * from (select distinct on (target) * from alert_notice where target = any (?) and done_at is not null and error is distinct from ?"
                + " order by target, done_at desc, id desc) n where not sent and not reached_since order by target", NoticeStore::line, targets, OVERTAKEN);
    }

    /** A test has been taken, so that those given up before say nothing of the receiver any more. */
    public void reached(String target) throws SQLException {
        Sql.update(source, "update alert_notice set reached_since = true where target = ? and done_at is not null and not sent and not reached_since", target);
    }

    private static Notice.Line line(ResultSet row) throws SQLException {
        Instant doneAt = Sql.instant(row, "done_at");
        String error = row.getString("error");
        Notice.State state = doneAt == null ? Notice.State.WAITING : row.getBoolean("sent") ? Notice.State.TOLD : OVERTAKEN.equals(error) ? Notice.State.OVERTAKEN : Notice.State.GIVEN_UP;
        return new Notice.Line(row.getLong("id"), row.getString("alert"), kind(row), row.getString("target"), instant(row, "made_at"), instant(row, "due"), row.getInt("attempts"), state,
                error == null ? row.getString("answer") : error, doneAt);
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(row.getLong("id"), row.getString("alert"), kind(row), row.getString("target"), row.getString("body"), instant(row, "made_at"), row.getInt("attempts"),
                instant(row, "was_due"));
    }

    private static Telling.Kind kind(ResultSet row) throws SQLException {
        return Telling.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, column), column);
    }

    /** PostgreSQL has no place for the null character in texts. */
    private static String plain(String text) {
        return text.replace('\0', ' ');
    }
}
