package dev.dromedary.store;

import dev.dromedary.reaction.ActiveReaction;
import dev.dromedary.reaction.ReactionAction;
import dev.dromedary.reaction.RecoveryStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** Reactions in PostgreSQL, where all nodes find them, and those that ended or were lifted for {@link #KEPT} more. Safe for use by many threads and nodes. */
public final class ReactionStore {
    static final Duration KEPT = Duration.ofDays(30);
    private final DataSource source;

    public ReactionStore(DataSource source) {
        this.source = source;
    }

    /** Adds them, or prolongs those that are there; one that was lifted stays lifted. */
    public void write(List<ActiveReaction> reactions, Instant now) throws SQLException {
        if (reactions.isEmpty()) {
            return;
        }
        Sql.transaction(source, connection -> {
            for (ActiveReaction one : reactions) {
                write(connection, one);
            }
            return Sql.update(connection, "delete from reaction where ends_at < ?", now.minus(KEPT));
        });
    }

    private static void write(Connection connection, ActiveReaction one) throws SQLException {
        Sql.update(connection, "insert into reaction (id, rule, pool, provider, action, recovery, cause, started_at, hold_until, ends_at, usual_rate)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set cause = excluded.cause, hold_until = excluded.hold_until, ends_at = excluded.ends_at"
                + " where reaction.lifted_at is null and excluded.hold_until > reaction.hold_until",
                one.id(), one.rule(), one.pool(), one.provider(), one.action().text(), one.recovery().stream().map(RecoveryStep::text).toList(),
                one.cause().replace('\0', ' '), one.start(), one.holdUntil(), one.end(), Double.isNaN(one.usual()) ? null : one.usual());
    }

    /** Those under way. */
    public List<ActiveReaction> active(Instant now) throws SQLException {
        return Sql.list(source, "select * from reaction where ends_at > ? and lifted_at is null order by started_at", ReactionStore::read, now);
    }

    /**
     * Ends one now, and lets what waits for room at its provider be looked at again at once.
     *
     * @return empty where none of that id is under way
     */
    public Optional<ActiveReaction> lift(String id, String by, String reason, Instant now) throws SQLException {
        return Sql.transaction(source, connection -> {
            List<ActiveReaction> lifted = Sql.list(connection,
                    "update reaction set lifted_at = ?, lift_reason = ? where id = ? and lifted_at is null and ends_at > ? returning *", ReactionStore::read, now, reason, id, now);
            for (ActiveReaction one : lifted) {
                Sql.update(connection, "update deferred set next_attempt = ? where kind = 'paced' and provider = ? and next_attempt > ?", now, one.provider(), now);
                AuditLog.write(connection, new AuditLog.Entry(now, by, "reaction.lift", one.pool() + " to " + one.provider() + ", " + one.action().text() + " (" + one.id() + ")", reason, null));
            }
            return lifted.stream().findFirst();
        });
    }

    private static ActiveReaction read(ResultSet row) throws SQLException {
        double given = row.getDouble("usual_rate");
        double usual = row.wasNull() ? Double.NaN : given;
        return new ActiveReaction(row.getString("id"), row.getString("rule"), row.getString("pool"), row.getString("provider"),
                ReactionAction.parse(row.getString("action")), Sql.texts(row, "recovery").stream().map(RecoveryStep::parse).toList(), row.getString("cause"),
                Objects.requireNonNull(Sql.instant(row, "started_at")), Objects.requireNonNull(Sql.instant(row, "hold_until")), usual);
    }
}
