package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pool.Choice;
import dev.dromedary.pool.PoolBoard;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits for room at a pool, on the lane's consumer: while it waits, the lane's mail stays in the broker, which is what pacing is.
 * It wakes when a conversation ends or the rate's next permit is due, and gives up after {@code pace.max-wait}, so that mail for
 * other pools in the same lane is not held up.
 */
final class RoomWait {
    private final PoolBoard board;
    private final Duration maxWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private volatile int waiting;
    private volatile boolean closing;

    RoomWait(PoolBoard board, Duration maxWait) {
        this.board = board;
        this.maxWait = maxWait;
        board.onRoom(this::wake);
    }

    /** As the other; a pool other than the one to avoid where one has room now. */
    Choice choose(DromedaryConfig.DeliveryRoute route, String provider, Set<String> tried, @Nullable String avoid) throws InterruptedException {
        if (avoid != null && !tried.contains(avoid)) {
            var without = new HashSet<>(tried);
            without.add(avoid);
            Choice choice = board.choose(route, provider, without);
            if (choice instanceof Choice.Taken) {
                return choice;
            }
        }
        return choose(route, provider, tried);
    }

    /** @return the choice once there is one other than {@link Choice.Full}, or the last {@code Full} when the wait is over */
    Choice choose(DromedaryConfig.DeliveryRoute route, String provider, Set<String> tried) throws InterruptedException {
        long deadline = System.nanoTime() + maxWait.toNanos();
        Choice choice = board.choose(route, provider, tried);
        while (choice instanceof Choice.Full full && !closing) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return full;
            }
            await(Math.min(left, full.untilRoom().toNanos()));
            choice = board.choose(route, provider, tried);
        }
        return choice;
    }

    /** Lets no one wait any longer, for a stop. */
    void close() {
        closing = true;
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            waiting++;
            room.await(nanos, TimeUnit.NANOSECONDS);
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** One ended conversation makes room for one. */
    private void wake() {
        if (waiting > 0) {
            lock.lock();
            try {
                room.signal();
            } finally {
                lock.unlock();
            }
        }
    }
}
