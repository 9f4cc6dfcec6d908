package dev.dromedary.smtp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends writes that a peer lets hang, which no socket option does.
 *
 * <p>One look at all sockets every quarter of the timeout, instead of a task scheduled and cancelled for every write: a write may
 * overrun its timeout by that quarter. Thread-safe.
 */
final class WriteWatch implements AutoCloseable {
    private static final long SHORTEST_LOOK_MILLIS = 20;
    private static final long LONGEST_LOOK_MILLIS = 5_000;
    private final Set<WatchedSocket> sockets = ConcurrentHashMap.newKeySet();
    private final long timeoutNanos;
    private final ScheduledFuture<?> looks;

    WriteWatch(ScheduledExecutorService scheduler, Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
        long every = Math.min(LONGEST_LOOK_MILLIS, Math.max(SHORTEST_LOOK_MILLIS, timeout.toMillis() / 4));
        this.looks = scheduler.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    void add(WatchedSocket socket) {
        sockets.add(socket);
    }

    void remove(WatchedSocket socket) {
        sockets.remove(socket);
    }

    private void look() {
        long now = System.nanoTime();
        for (WatchedSocket socket : sockets) {
            socket.abortWriteOlderThan(now, timeoutNanos);
        }
    }

    /** Cuts every connection, whatever it is doing. */
    void abortAll() {
        sockets.forEach(WatchedSocket::abort);
    }

    @Override
    public void close() {
        looks.cancel(false);
    }
}
