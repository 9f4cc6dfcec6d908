package dev.dromedary.pool;

import dev.dromedary.message.PriorityClass;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Room reserved at a pool for one conversation. It ends in one of four ways, the first of which counts; a later call does nothing,
 * so that a {@code finally} may call {@link #nothingSent()}.
 */
public final class Permit {
    private final PoolState pool;
    private final String provider;
    private final PriorityClass priority;
    private final Board board;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** What a permit holds beside its pool. */
    interface Board {
        /** @param sent false where the shares of the rates go back */
        void ended(boolean sent);
    }

    Permit(PoolState pool, String provider, PriorityClass priority, Board board) {
        this.pool = pool;
        this.provider = provider;
        this.priority = priority;
        this.board = board;
    }

    public String pool() {
        return pool.id();
    }

    /** The server accepted the message. */
    public void delivered(Duration took) {
        end(() -> pool.delivered(provider, priority, took));
    }

    /** The server was reached and refused.
     * @param heldAgainst whether the refusal says something about the pool rather than the recipient or the message */
    public void refused(Duration took, boolean heldAgainst) {
        end(() -> pool.refused(provider, priority, took, heldAgainst));
    }

    /** The conversation did not get as far as a message. */
    public void unreachable(String why) {
        end(() -> pool.unreachable(provider, priority, why));
    }

    /** Nothing was tried; the share of the rate is given back. */
    public void nothingSent() {
        if (ended.compareAndSet(false, true)) {
            pool.undo(provider, priority);
            board.ended(false);
        }
    }

    private void end(Runnable how) {
        if (ended.compareAndSet(false, true)) {
            how.run();
            board.ended(true);
        }
    }
}
