package dev.dromedary.ingress;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long one conversation may wait for its client, set by its own thread and watched by one thread for all conversations. Socket timeouts
 * would cost three system calls a read instead of one, bound no write, and let a client live for ever by sending an octet at a time.
 */
final class SmtpDeadline {
    private static final long NONE = Long.MAX_VALUE;
    private static final long EXPIRED = Long.MIN_VALUE;

    private final AtomicLong due = new AtomicLong(NONE);

    static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    void begin(long at) {
        due.set(at);
    }

    /** @throws SocketTimeoutException when the wait was ended by the watch, whatever it brought in the meantime */
    void end() throws SocketTimeoutException {
        if (due.getAndSet(NONE) == EXPIRED) {
            throw new SocketTimeoutException("client took too long");
        }
    }

    /** True for exactly one caller for each wait that is overdue: it then ends the wait. */
    boolean expire(long now) {
        long at = due.get();
        return at != NONE && at != EXPIRED && now - at >= 0 && due.compareAndSet(at, EXPIRED);
    }
}
