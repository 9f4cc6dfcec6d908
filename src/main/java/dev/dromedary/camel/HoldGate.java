package dev.dromedary.camel;

import dev.dromedary.hold.Hold;
import dev.dromedary.hold.Holds;
import dev.dromedary.message.Envelope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Lets no message pass whose provider, stream or campaign an operator holds: it is parked until the hold ends, and no attempt is counted. Thread-safe. */
final class HoldGate {
    private final Holds holds;
    private final InstantSource clock;

    HoldGate(Holds holds, InstantSource clock) {
        this.holds = holds;
        this.clock = clock;
    }

    /** Whether the message would be parked. */
    boolean hold(Envelope envelope) {
        return holds.on(envelope) != null;
    }

    /** @throws NoRoomException with the hold, its reason and its end */
    void pass(Envelope envelope) throws NoRoomException {
        Hold hold = holds.on(envelope);
        if (hold != null) {
            throw NoRoomException.held(hold.text(), Duration.between(clock.instant(), hold.expires()), Holds.keyOf(List.of(hold)));
        }
    }
}
