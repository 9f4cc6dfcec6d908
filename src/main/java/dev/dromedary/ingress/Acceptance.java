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
 * @param keyed         whether a second enqueue under the same ids has to be refused: the submitter named the id or a request key
 */
public record Acceptance(
        String submissionId, List<Rendered> messages, List<EmailAddress> suppressed, List<DeliveryEvent> events,
        boolean keyed) {

    /**
     * One message and its RFC 5322 bytes.
     *
     * @param due null where it may go now
     */
    public record Rendered(Envelope envelope, byte[] mime, @Nullable Due due) {
    }

    /** When a message may go, and why not before. */
    public record Due(Instant at, String why) {
    }
}
