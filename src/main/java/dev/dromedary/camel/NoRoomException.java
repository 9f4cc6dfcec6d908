package dev.dromedary.camel;

import java.time.Duration;

/** No pool of the delivery route could take the message now; nothing was sent. */
final class NoRoomException extends Exception {
    private final Duration retryAfter;
    private final boolean countsAsAttempt;

    /** @param countsAsAttempt false where the message only waits for its turn, true where pools could not be reached */
    NoRoomException(String why, Duration retryAfter, boolean countsAsAttempt) {
        super(why, null, false, false);
        this.retryAfter = retryAfter;
        this.countsAsAttempt = countsAsAttempt;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    boolean countsAsAttempt() {
        return countsAsAttempt;
    }
}
