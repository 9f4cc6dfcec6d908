package dev.dromedary.camel;

import java.util.HashSet;
import java.util.Set;

/**
 * Knows which consumers may be waiting in a lane's Throttler, so that a stop can end their wait: with a rate such as 1/h the wait for a
 * permit would outlast any patience. Thread-safe.
 */
final class PermitWait {
    private final Set<Thread> waiting = new HashSet<>();
    private boolean closing;

    /** Before the throttle. @throws HeldException once a stop began */
    synchronized void enter() throws HeldException {
        if (closing) {
            throw new HeldException();
        }
        waiting.add(Thread.currentThread());
    }

    /** After it, with a permit or without; an interrupt of ours does not reach beyond. */
    synchronized void leave() {
        if (waiting.remove(Thread.currentThread()) && closing) {
            Thread.interrupted();
        }
    }

    synchronized void close() {
        closing = true;
        waiting.forEach(Thread::interrupt);
    }
}
