package dev.dromedary.cli.top;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Asks again and again beside the screen, so that keys are heard while an answer is awaited. */
final class Poller implements AutoCloseable {
    private final Feed feed;
    private final Thread thread = new Thread(this::run, "top-feed");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Snapshot latest;
    private Controls controls;
    private boolean asked;
    private boolean anew;

    Poller(Feed feed, Snapshot first, Controls controls) {
        this.feed = feed;
        this.latest = first;
        this.controls = controls;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Snapshot latest() {
        return latest;
    }

    /** What the keys have changed. @param refresh whether to ask now */
    void told(Controls next, boolean refresh) {
        lock.lock();
        try {
            boolean other = next.view() != controls.view() || !Objects.equals(next.focus().open(), controls.focus().open()) || controls.paused() && !next.paused() || next.interval().compareTo(controls.interval()) < 0;
            controls = next;
            asked |= other || refresh;
            anew |= refresh;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                Controls turn = awaitTurn();
                Subject open = turn.focus().open();
                latest = feed.round(turn.view(), open == null ? List.of() : open.paths());
                pause();
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    /** @return what is chosen, once nobody wants it to stand still */
    private Controls awaitTurn() throws InterruptedException {
        lock.lock();
        try {
            while (controls.paused() && !anew) {
                changed.await();
            }
            if (anew) {
                feed.forget();
            }
            anew = false;
            asked = false;
            return controls;
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long left = controls.interval().toNanos();
            while (!asked && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
