package dev.dromedary.retry;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.event.EventWriter;
import dev.dromedary.store.DeadLetter;
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What operators do with waiting messages in bulk. Rows are locked batch by batch in the order of their ids, so that feeders and two of
 * these at a time never deadlock, and what a feeder has taken is left alone. Each can be run again: what was done is not done twice.
 * Safe for use by many threads and nodes.
 */
public final class WaitingMail {
    static final int BATCH = 2_000;
    /** Bytes of bodies in memory at a time. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    /** The few values among many rows, by one look into the index each. */
    private static final String KEYS = "with recursive key (held_by) as ((select held_by from deferred where held_by is not null order by held_by limit 1)"
            + " union all select (select d.held_by from deferred d where d.held_by > key.held_by order by d.held_by limit 1) from key where key.held_by is not null)"
            + " select held_by from key where held_by is not null";
    private static final String WITHOUT_BODY = DeferredStore.COLUMNS.replaceFirst("body$", "''::bytea as body");
    private final DataSource source;

    public WaitingMail(DataSource source) {
        this.source = source;
    }

    /** One batch of ids that are locked. */
    private interface Batch {
        void with(Connection connection, List<String> ids) throws SQLException;
    }

    /** The first due first, without their bytes. */
    public List<DeferredMessage> list(WaitingFilter filter, int limit, int offset) throws SQLException {
        return Sql.list(source, "select " + WITHOUT_BODY + " from deferred where " + filter.condition() + " order by next_attempt, message_id limit ? offset ?",
                DeferredStore::read, filter.parameters(limit, offset));
    }

    public long count(WaitingFilter filter) throws SQLException {
        return Sql.list(source, "select count(*) from deferred where " + filter.condition(), row -> row.getLong(1), filter.parameters()).get(0);
    }

    /** Makes what matches due at once. @return how many were not */
    public int retry(WaitingFilter filter, Instant now) throws SQLException {
        return eachBatch(filter.condition() + " and next_attempt > ?", filter.parameters(now), (connection, ids) ->
                Sql.update(connection, "update deferred set next_attempt = ? where message_id = any(?)", now, ids));
    }

    /**
     * Gives what matches a delivery route of its own, which it keeps until it is delivered or given up. What was refused or waited for
     * room is due at once; what was scheduled or is held keeps its time.
     *
     * @param route see {@link dev.dromedary.message.Envelope#route()}
     * @return how many had another
     */
    public int reroute(WaitingFilter filter, String route, Instant now) throws SQLException {
        List<String> hastened = WaitingFilter.HASTENED.stream().map(DeferredMessage.Kind::id).toList();
        return eachBatch(filter.condition() + " and route is distinct from ?", filter.parameters(route), (connection, ids) ->
                Sql.update(connection, "update deferred set route = ?, next_attempt = case when kind = any(?) then least(next_attempt, ?) else next_attempt end"
                        + " where message_id = any(?)", route, hastened, now, ids));
    }

    /**
     * Gives up what matches and waits already: row, dead letter and events change in one transaction a batch, so that no message is both given up and sent.
     *
     * @param node the name of this node, for the events
     * @return how many
     */
    public int bounce(WaitingFilter filter, String reason, String node, Instant now) throws SQLException {
        String select = "select " + DeferredStore.COLUMNS + " from deferred where " + filter.condition() + " and deferred_at <= ? order by message_id limit " + BATCH + " for update";
        int bounced = 0;
        int taken;
        do {
            taken = Sql.transaction(source, connection -> {
                long[] bytes = {0};
                List<DeferredMessage> batch = Sql.listWhile(connection, select, DeferredStore::read, message -> (bytes[0] += message.body().length) < MAX_BYTES,
                        filter.parameters(now));
                DeadLetterStore.write(connection, batch.stream().map(message -> letter(message, reason, now)).toList());
                EventWriter.write(connection, batch.stream().flatMap(message -> events(message, reason, node, now).stream()).toList());
                return Sql.update(connection, "delete from deferred where message_id = any(?)", batch.stream().map(message -> message.envelope().id()).toList());
            });
            bounced += taken;
        } while (taken > 0);
        return bounced;
    }

    private static DeadLetter.Whole letter(DeferredMessage message, String reason, Instant now) {
        return new DeadLetter.Whole(new DeadLetter(message.envelope(), DeadLetter.Kind.BOUNCED, "bounced by operator: " + reason, 0, null,
                message.category() == null ? null : message.category().id(), message.pool(), now, null), message.body());
    }

    private static List<DeliveryEvent> events(DeferredMessage message, String reason, String node, Instant now) {
        return List.of(event(message, EventKind.BOUNCED, "bounced by operator: " + reason, node, now),
                event(message, EventKind.DEAD_LETTERED, "kept as dead letter " + message.envelope().id(), node, now));
    }

    private static DeliveryEvent event(DeferredMessage message, EventKind kind, String detail, String node, Instant now) {
        var e = message.envelope();
        return new DeliveryEvent(e.id(), e.submissionId(), kind, e.attempt(), now, null, e.from() == null ? null : e.from().toString(), e.to().toString(), e.provider(),
                message.pool(), e.stream(), e.campaign(), e.tags(), 0, null, null, detail, e.size(), null, null, node, null, null);
    }

    /**
     * Makes due what waits for holds that have ended.
     *
     * @param stands whether the holds of a key are still in force
     * @return how many
     */
    public int release(Predicate<String> stands, Instant now) throws SQLException {
        int released = 0;
        for (String key : Sql.list(source, KEYS, row -> row.getString(1))) {
            if (!stands.test(key)) {
                released += eachBatch("held_by = ? and next_attempt > ?", new Object[] {key, now}, (connection, ids) ->
                        Sql.update(connection, "update deferred set next_attempt = ? where message_id = any(?)", now, ids));
            }
        }
        return released;
    }

    private int eachBatch(String condition, @Nullable Object[] parameters, Batch work) throws SQLException {
        String select = "select message_id from deferred where " + condition + " and message_id > ? order by message_id limit " + BATCH + " for update";
        int changed = 0;
        String after = "";
        List<String> ids;
        do {
            var all = new ArrayList<@Nullable Object>(Arrays.asList(parameters));
            all.add(after);
            ids = Sql.transaction(source, connection -> {
                List<String> batch = Sql.list(connection, select, row -> row.getString(1), all.toArray());
                if (!batch.isEmpty()) {
                    work.with(connection, batch);
                }
                return batch;
            });
            changed += ids.size();
            after = ids.isEmpty() ? after : ids.get(ids.size() - 1);
        } while (ids.size() == BATCH);
        return changed;
    }
}
