package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pool.Choice;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.RoomQueue;
import dev.dromedary.pool.RoomRequest;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits for room at a pool, on the lane's consumer: while it waits, the lane's mail stays in the broker, which is what pacing is.
 * Whoever ends a conversation hands its room to the one whose turn it is, and a timer does where a rate's next permit is due. A wait ends
 * without room after {@code pace.max-wait}, so that mail for other pools in the same lane is not held up; one for the provider's own
 * ceiling does not, as no mail of the lane could go.
 */
final class RoomWait implements AutoCloseable {
    /** Looked at again no sooner, so that estimates of nothing do not spin. */
    private static final long SHORTEST_NANOS = 200_000;

    private final PoolBoard board;
    private final Duration maxWait;
    private final RoomQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "room-timer");
        thread.setDaemon(true);
        return thread;
    });
    private volatile int waiting;
    private volatile boolean closing;
    private @Nullable ScheduledFuture<?> nextLook;

    RoomWait(PoolBoard board, DromedaryConfig.Pace pace) {
        this.board = board;
        this.maxWait = pace.maxWait();
        this.queue = new RoomQueue(board, pace.shares());
        timer.setRemoveOnCancelPolicy(true);
        board.onRoom(this::roomMade);
    }

    /** As the other; a pool other than the one to avoid where one has room now. */
    Choice choose(RoomRequest request, @Nullable String avoid) throws InterruptedException {
        if (avoid != null && !request.tried().contains(avoid) && board.choose(request.without(avoid)) instanceof Choice.Taken taken) {
            return taken;
        }
        return choose(request);
    }

    /** @return the choice once there is one other than {@link Choice.Full}, or the last {@code Full} when the wait is over */
    Choice choose(RoomRequest request) throws InterruptedException {
        if (closing || !queue.concerns(request.provider())) {
            Choice choice = board.choose(request);
            if (!(choice instanceof Choice.Full) || closing) {
                return choice;
            }
        }
        lock.lock();
        try {
            waiting++;
            return await(request);
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    private Choice await(RoomRequest request) throws InterruptedException {
        Condition served = lock.newCondition();
        RoomQueue.Waiter waiter = queue.join(request, served::signal);
        boolean ended = false;
        try {
            long left = maxWait.toNanos();
            serve();
            while (waiter.choice() == null && !closing) {
                left = served.awaitNanos(left);
                if (left <= 0 && waiter.choice() == null) {
                    Choice.Full full = waiter.full();
                    if (full == null || !full.provider()) {
                        break;
                    }
                    left = maxWait.toNanos();
                }
            }
            Choice choice = waiter.choice() != null ? waiter.choice() : leave(waiter);
            ended = true;
            return choice;
        } finally {
            if (!ended) {
                abandon(waiter);
            }
        }
    }

    /** Room may have come at the last moment; what the board says of it then is the answer. */
    private Choice leave(RoomQueue.Waiter waiter) {
        queue.leave(waiter);
        return board.choose(waiter.request());
    }

    /** The wait was interrupted. */
    private void abandon(RoomQueue.Waiter waiter) {
        if (waiter.choice() instanceof Choice.Taken taken) {
            taken.permit().nothingSent();
        } else if (waiter.choice() == null) {
            queue.leave(waiter);
        }
    }

    /** Lets no one wait any longer, for a stop. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            timer.shutdownNow();
            queue.wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /** A conversation ended, or a pool came back. */
    private void roomMade(@Nullable String provider) {
        if (provider == null ? waiting > 0 : queue.concerns(provider)) {
            lock.lock();
            try {
                serve();
            } finally {
                lock.unlock();
            }
        }
    }

    private void look() {
        lock.lock();
        try {
            nextLook = null;
            serve();
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        if (closing) {
            return;
        }
        Duration until = queue.serve();
        if (until != null) {
            lookIn(Math.max(SHORTEST_NANOS, until.toNanos()));
        }
    }

    private void lookIn(long nanos) {
        if (nextLook != null && !nextLook.isDone()) {
            if (nextLook.getDelay(TimeUnit.NANOSECONDS) <= nanos) {
                return;
            }
            nextLook.cancel(false);
        }
        nextLook = timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }
}
