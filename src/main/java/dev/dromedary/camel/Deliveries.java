package dev.dromedary.camel;

import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.SmtpReply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last deliveries of this node. Where the commit after a delivery fails, as when the broker is restarted just then, the broker offers
 * the message again: it is then recorded as delivered, and not sent a second time. What is forgotten in a crash of our own is sent twice.
 * Thread-safe.
 */
final class Deliveries {
    /** More than can be under way at a time: while the broker takes no commit, it offers no further messages either. */
    private static final int KEPT = 20_000;

    private final Map<Key, Delivery> last = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Delivery> eldest) {
            return size() > KEPT;
        }
    };

    /** What names one attempt: an id may be used again long after, but not within one instant. */
    private record Key(String id, int attempt, java.time.Instant acceptedAt) {
        static Key of(Envelope envelope) {
            return new Key(envelope.id(), envelope.attempt(), envelope.acceptedAt());
        }
    }

    record Delivery(String pool, SmtpReply reply, long tookNanos) {
    }

    synchronized void remember(Envelope envelope, Delivery delivery) {
        last.put(Key.of(envelope), delivery);
    }

    /** The delivery of this very attempt, or null where there was none that is remembered. */
    synchronized @Nullable Delivery of(Envelope envelope) {
        return last.get(Key.of(envelope));
    }
}
