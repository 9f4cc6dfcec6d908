package dev.dromedary.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Room reserved at a pool for one conversation. It ends in one of four ways, the first of which counts; a later call does nothing,
 * so that a {@code finally} may call {@link #nothingSent()}.
 */
public final class Permit {
    private final PoolState pool;
    private final String provider;
    private final Limit routeLimit;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();

    Permit(PoolState pool, String provider, Limit routeLimit, Runnable onEnd) {
        this.pool = pool;
        this.provider = provider;
        this.routeLimit = routeLimit;
        this.onEnd = onEnd;
    }

    public String pool() {
        return pool.id();
    }

    /** The server accepted the message. */
    public void delivered(Duration took) {
        end(() -> pool.delivered(provider, took));
    }

    /** The server was reached and refused.
     * @param heldAgainst whether the refusal says something about the pool rather than the recipient or the message */
    public void refused(Duration took, boolean heldAgainst) {
        end(() -> pool.refused(provider, took, heldAgainst));
    }

    /** The conversation did not get as far as a message. */
    public void unreachable(String why) {
        end(() -> pool.unreachable(provider, why));
    }

    /** Nothing was tried; the share of the rate is given back. */
    public void nothingSent() {
        if (ended.compareAndSet(false, true)) {
            pool.undo(provider);
            routeLimit.undo();
            onEnd.run();
        }
    }

    private void end(Runnable how) {
        if (ended.compareAndSet(false, true)) {
            how.run();
            routeLimit.end();
            onEnd.run();
        }
    }
}
