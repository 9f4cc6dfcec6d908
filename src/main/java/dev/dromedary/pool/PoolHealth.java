package dev.dromedary.pool;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pool can be reached, apart from what providers think of it: several failures in a row open it, and after a while one
 * trial at a time is let through until one succeeds (half-open).
 *
 * <p>Thread safe; time is handed in.
 */
final class PoolHealth {
    enum State { HEALTHY, UNHEALTHY, HALF_OPEN }

    private final int failureLimit;
    private final Duration halfOpenAfter;
    private int failuresInARow;
    private @Nullable Instant openedAt;
    private boolean trialRunning;
    private @Nullable String lastFailure;
    private @Nullable Instant lastSeen;

    PoolHealth(int failureLimit, Duration halfOpenAfter) {
        this.failureLimit = failureLimit;
        this.halfOpenAfter = halfOpenAfter;
    }

    synchronized State state(Instant now) {
        if (openedAt == null) {
            return State.HEALTHY;
        }
        return now.isBefore(openedAt.plus(halfOpenAfter)) ? State.UNHEALTHY : State.HALF_OPEN;
    }

    /** True if a message may go there now; in the half-open state only one at a time may. */
    synchronized boolean admits(Instant now) {
        return switch (state(now)) {
            case HEALTHY -> true;
            case UNHEALTHY -> false;
            case HALF_OPEN -> !trialRunning;
        };
    }

    /** To be called for what was admitted. */
    synchronized void started(Instant now) {
        if (state(now) == State.HALF_OPEN) {
            trialRunning = true;
        }
    }

    synchronized void reached(Instant now) {
        failuresInARow = 0;
        openedAt = null;
        trialRunning = false;
        lastSeen = now;
    }

    synchronized void unreachable(Instant now, String why) {
        failuresInARow++;
        trialRunning = false;
        lastFailure = why;
        if (failuresInARow >= failureLimit) {
            openedAt = now;
        }
    }

    /** The trial ended without a word about reachability. */
    synchronized void undecided() {
        trialRunning = false;
    }

    synchronized int failuresInARow() {
        return failuresInARow;
    }

    synchronized @Nullable String lastFailure() {
        return lastFailure;
    }

    synchronized @Nullable Instant lastSeen() {
        return lastSeen;
    }

    /** When the next trial is allowed, or null while healthy. */
    synchronized @Nullable Instant trialAt() {
        return openedAt == null ? null : openedAt.plus(halfOpenAfter);
    }
}
