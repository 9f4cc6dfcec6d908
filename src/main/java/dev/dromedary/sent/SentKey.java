package dev.dromedary.sent;

import dev.dromedary.message.Envelope;
import java.time.Instant;

/** What names one attempt at one message: an id may be used again long after, but not within one instant. */
record SentKey(String id, int attempt, Instant acceptedAt) {

    static SentKey of(Envelope envelope) {
        return new SentKey(envelope.id(), envelope.attempt(), envelope.acceptedAt());
    }
}
