package dev.dromedary.ingress;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A submission made ready to be enqueued: one rendered message a recipient, and the events that say so.
 *
 * @param scheduledTime when the messages may go, or null for now
 * @param keyed         whether a second enqueue under the same ids has to be refused: the submitter named the id or a request key
 */
public record Acceptance(
        String submissionId, List<Rendered> messages, List<EmailAddress> suppressed, List<DeliveryEvent> events,
        @Nullable Instant scheduledTime, boolean keyed) {

    /** One message and its RFC 5322 bytes. */
    public record Rendered(Envelope envelope, byte[] mime) {
    }
}
