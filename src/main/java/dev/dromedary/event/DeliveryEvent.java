package dev.dromedary.event;

import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of one message. (messageId, attempt, kind) is unique, so writing an event twice changes nothing.
 *
 * @param attempt  0 for what happens before the first attempt, and for a complaint, of which a message has one at most
 * @param way      how the message came in: jms, http, smtp, file, cli; only on accepted
 * @param enhanced RFC 3463 status of the reply
 * @param detail   the reply's text or the reason, readable
 * @param latency  milliseconds of the SMTP conversation, or null where there was none
 * @param next     time of the next attempt, on deferred
 * @param node     the node that saw it
 * @param idempotencyKey  on the accepted event of a keyed request: the key, so that it is recorded with the message in one commit
 * @param requestHash     SHA-256 (hex) of the keyed request's body
 */
public record DeliveryEvent(
        String messageId,
        String submissionId,
        EventKind kind,
        int attempt,
        Instant at,
        @Nullable String way,
        @Nullable String sender,
        String recipient,
        String provider,
        @Nullable String pool,
        String stream,
        @Nullable String campaign,
        List<String> tags,
        int code,
        @Nullable String enhanced,
        @Nullable String category,
        @Nullable String detail,
        @Nullable Integer size,
        @Nullable Integer latency,
        @Nullable Instant next,
        String node,
        @Nullable String idempotencyKey,
        @Nullable String requestHash) {

    /** Of a message that was not sent: cancelled, or its recipient suppressed. The attempt is the one that it would have been. */
    public static DeliveryEvent notSent(Envelope e, EventKind kind, Instant at, String detail, String node) {
        return new DeliveryEvent(e.id(), e.submissionId(), kind, e.attempt(), at, null, e.from() == null ? null : e.from().toString(), e.to().toString(),
                e.provider(), null, e.stream(), e.campaign(), e.tags(), 0, null, null, detail, e.size(), null, null, node, null, null);
    }
}
