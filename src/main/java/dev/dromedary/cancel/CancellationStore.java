package dev.dromedary.cancel;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.Envelope;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.EnvelopeColumns;
import dev.dromedary.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Cancellations in PostgreSQL, and what they take out of {@code deferred}. An order is on disk, and in force on this node, before the
 * first message is taken away, so whatever goes wrong after that, what it is about is not sent. Safe for use by many threads and nodes.
 */
public final class CancellationStore {
    private static final int BATCH = 500;
    /** Orders are few and small: however short the age is that mail may have, they stand so long for what is late. */
    private static final Duration SHORTEST = Duration.ofDays(7);
    /** So long an order is left to the call that gave it, which tells how many it removed. */
    private static final Duration OF_THE_CALLER = Duration.ofSeconds(30);
    private final DataSource source;
    private final Consumer<List<DeliveryEvent>> events;
    private final Duration lifetime;
    private final String node;
    private final InstantSource clock;
    private final Cancellations standing = new Cancellations();
    private long horizon;

    /**
     * @param events   returns only when they are on disk; bears to be given the same ones again
     * @param lifetime the age at which messages expire, and with them the need of an order about them
     */
    public CancellationStore(DataSource source, Consumer<List<DeliveryEvent>> events, Duration lifetime, String node, InstantSource clock) {
        this.source = source;
        this.events = events;
        this.lifetime = lifetime;
        this.node = node;
        this.clock = clock;
    }

    /** What stands, for the lanes. */
    public Cancellations standing() {
        return standing;
    }

    /** @param entry of the audit log, which does not know yet how many messages were taken away */
    public record Ordered(Cancellation order, long entry) {
    }

    /** Puts an order on record and into the audit log, and in force on this node. Other nodes follow with their next {@link #refresh()}. */
    public Ordered order(Cancellation.Scope scope, String reason, String by) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expires = now.plus(lifetime.compareTo(SHORTEST) > 0 ? lifetime : SHORTEST);
        Ordered ordered = Sql.transaction(source, connection -> {
            long id = Sql.list(connection,
                    "insert into cancellation (message_id, provider, stream, campaign, recipient_domain, pool, sender_domain, reason, at, expires) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " returning id",
                    row -> row.getLong(1), scope.messageId(), scope.provider(), scope.stream(), scope.campaign(), scope.recipientDomain(), scope.pool(), scope.senderDomain(), reason, now,
                    expires).get(0);
            return new Ordered(new Cancellation(id, scope, reason, now, expires), AuditLog.begun(connection, new AuditLog.Entry(now, by, "cancel", scope.text(), reason, null)));
        });
        standing.add(ordered.order());
        return ordered;
    }

    /** Takes over the orders of other nodes. */
    public synchronized void refresh() throws SQLException {
        standing.forgetExpired(clock.instant());
        horizon = Sql.transaction(source, connection -> {
            long oldest = Sql.list(connection, "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", row -> row.getLong(1)).get(0);
            Sql.each(connection, "select * from cancellation where changed >= ? and expires > ?", CancellationStore::read, standing::add, horizon, clock.instant());
            return oldest;
        });
    }

    /**
     * Takes messages of an order out of what waits, with an event each.
     *
     * @return how many; fewer than there are where another node is at it
     */
    public int sweep(Cancellation order, Duration patience) throws SQLException {
        Instant deadline = clock.instant().plus(patience);
        int total = 0;
        Swept swept;
        do {
            swept = sweepBatch(order);
            total += swept.taken();
        } while (!swept.ended() && clock.instant().isBefore(deadline));
        return total;
    }

    /** Goes on with orders that their callers left unfinished. @return messages taken away */
    public int sweepOn(Duration patience) throws SQLException {
        Instant deadline = clock.instant().plus(patience);
        int total = 0;
        for (Cancellation order : Sql.list(source, "select * from cancellation where not swept and at <= ? order by id limit 1000", CancellationStore::read,
                clock.instant().minus(OF_THE_CALLER))) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (left.isNegative()) {
                break;
            }
            total += sweep(order, left);
        }
        return total;
    }

    private record Swept(int taken, boolean ended) {
    }

    private Swept sweepBatch(Cancellation order) throws SQLException {
        return Sql.transaction(source, connection -> {
            List<String> at = Sql.list(connection, "select swept_to from cancellation where id = ? and not swept for update skip locked", row -> row.getString(1), order.id());
            if (at.isEmpty()) {
                return new Swept(0, true);
            }
            List<Envelope> found = waiting(connection, order, at.get(0));
            if (!found.isEmpty()) {
                Instant now = clock.instant();
                events.accept(found.stream().map(envelope -> DeliveryEvent.notSent(envelope, EventKind.CANCELLED, now, order.text(), node)).toList());
                Sql.update(connection, "delete from deferred where message_id = any(?)", found.stream().map(Envelope::id).toList());
            }
            boolean ended = found.size() < BATCH;
            Sql.update(connection, "update cancellation set swept = ?, swept_to = ?, removed = removed + ? where id = ?", ended,
                    found.isEmpty() ? at.get(0) : found.get(found.size() - 1).id(), found.size(), order.id());
            return new Swept(found.size(), ended);
        });
    }

    /** In the order of ids, from where the last batch ended, so that a whole sweep reads the table once. What the feeder holds is stopped on its lane. */
    private static List<Envelope> waiting(Connection connection, Cancellation order, String after) throws SQLException {
        var parameters = new ArrayList<Object>(order.scope().parameters());
        parameters.add(after);
        parameters.add(order.at());
        parameters.add(BATCH);
        return Sql.list(connection, "select " + EnvelopeColumns.NAMES + " from deferred where " + order.scope().condition()
                + " and message_id > ? and coalesce(submitted_at, accepted_at) <= ? order by message_id limit ? for update skip locked", EnvelopeColumns::read, parameters.toArray());
    }

    /** Deletes orders about messages that have expired. */
    public int purge() throws SQLException {
        return Sql.update(source, "delete from cancellation where expires <= ?", clock.instant());
    }

    private static Cancellation read(ResultSet row) throws SQLException {
        var scope = new Cancellation.Scope(row.getString("message_id"), row.getString("provider"), row.getString("stream"), row.getString("campaign"),
                row.getString("recipient_domain"), row.getString("pool"), row.getString("sender_domain"));
        return new Cancellation(row.getLong("id"), scope, row.getString("reason"), Objects.requireNonNull(Sql.instant(row, "at")),
                Objects.requireNonNull(Sql.instant(row, "expires")));
    }
}
