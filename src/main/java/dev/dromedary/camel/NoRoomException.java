package dev.dromedary.camel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** No pool of the delivery route could take the message now; nothing was sent. */
final class NoRoomException extends Exception {
    private final Duration retryAfter;
    private final boolean countsAsAttempt;
    private final @Nullable String heldBy;

    /** @param countsAsAttempt false where the message only waits for its turn, true where pools could not be reached */
    NoRoomException(String why, Duration retryAfter, boolean countsAsAttempt) {
        this(why, retryAfter, countsAsAttempt, null);
    }

    private NoRoomException(String why, Duration retryAfter, boolean countsAsAttempt, @Nullable String heldBy) {
        super(why, null, false, false);
        this.retryAfter = retryAfter;
        this.countsAsAttempt = countsAsAttempt;
        this.heldBy = heldBy;
    }

    /** @param key the holds, see {@link dev.dromedary.hold.Holds#keyOf} */
    static NoRoomException held(String why, Duration untilEnd, String key) {
        return new NoRoomException(why, untilEnd, false, key);
    }

    Duration retryAfter() {
        return retryAfter;
    }

    boolean countsAsAttempt() {
        return countsAsAttempt;
    }

    /** The holds that keep it, or null where there is no hold. */
    @Nullable String heldBy() {
        return heldBy;
    }
}
