package dev.dromedary.event;

import dev.dromedary.store.BulkInsert;
import dev.dromedary.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Writes batches of events, and with them the idempotency keys that the accepted ones carry, in one transaction. Writing an event again
 * changes nothing, so a batch that is redelivered by the broker does no harm. Safe for use by many threads.
 */
public final class EventWriter {
    private static final BulkInsert<DeliveryEvent> EVENTS = BulkInsert.<DeliveryEvent>into("event")
            .text("message_id", DeliveryEvent::messageId)
            .text("submission_id", DeliveryEvent::submissionId)
            .text("kind", event -> event.kind().id())
            .integer("attempt", DeliveryEvent::attempt)
            .time("at", DeliveryEvent::at)
            .text("way", DeliveryEvent::way)
            .text("sender", DeliveryEvent::sender)
            .text("recipient", DeliveryEvent::recipient)
            .text("provider", DeliveryEvent::provider)
            .text("pool", DeliveryEvent::pool)
            .text("stream", DeliveryEvent::stream)
            .text("campaign", DeliveryEvent::campaign)
            .texts("tags", DeliveryEvent::tags)
            .integer("code", DeliveryEvent::code)
            .text("enhanced", DeliveryEvent::enhanced)
            .text("category", DeliveryEvent::category)
            .text("detail", DeliveryEvent::detail)
            .integer("size", DeliveryEvent::size)
            .integer("latency", DeliveryEvent::latency)
            .time("next", DeliveryEvent::next)
            .text("node", DeliveryEvent::node)
            .build("on conflict do nothing");
    private final DataSource source;
    private final BulkInsert<DeliveryEvent> keys;

    /** @param idempotencyWindow how long a key stands for its first request */
    public EventWriter(DataSource source, Duration idempotencyWindow) {
        this.source = source;
        this.keys = BulkInsert.<DeliveryEvent>into("idempotency")
                .text("key", DeliveryEvent::idempotencyKey)
                .text("request_hash", event -> Objects.requireNonNullElse(event.requestHash(), ""))
                .text("submission_id", DeliveryEvent::submissionId)
                .time("accepted_at", DeliveryEvent::at)
                .time("expires_at", event -> event.at().plus(idempotencyWindow))
                // A key whose window is over stands for a new request; one that still stands keeps its first.
                .build("on conflict (key) do update set request_hash = excluded.request_hash, submission_id = excluded.submission_id,"
                        + " accepted_at = excluded.accepted_at, expires_at = excluded.expires_at where idempotency.expires_at <= excluded.accepted_at");
    }

    /** @return how many of the events were new */
    public int write(List<DeliveryEvent> events) throws SQLException {
        List<DeliveryEvent> keyed = firstOfEachKey(events);
        return Sql.transaction(source, connection -> write(connection, events, keyed));
    }

    /** Within the caller's transaction. @param events without keys */
    public static int write(Connection connection, List<DeliveryEvent> events) throws SQLException {
        return EVENTS.write(connection, events);
    }

    private int write(Connection connection, List<DeliveryEvent> events, List<DeliveryEvent> keyed) throws SQLException {
        int written = EVENTS.write(connection, events);
        keys.write(connection, keyed);
        return written;
    }

    /** One statement may touch a row only once, and a submission of many recipients repeats its key; sorted, so that writers do not deadlock. */
    private static List<DeliveryEvent> firstOfEachKey(List<DeliveryEvent> events) {
        var seen = new TreeMap<String, DeliveryEvent>();
        for (DeliveryEvent event : events) {
            if (event.idempotencyKey() != null) {
                seen.putIfAbsent(event.idempotencyKey(), event);
            }
        }
        return List.copyOf(seen.values());
    }
}
