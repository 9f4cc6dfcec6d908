package dev.dromedary.pace;

import java.util.concurrent.TimeUnit;

/**
 * What attempts came to lately: over the last half minute to minute, or where that is not enough the last {@value #LEAST} to {@code 2 x} {@value #LEAST} attempts,
 * so that it says something of one message a minute as of a thousand a second. What is older than an hour says nothing.
 *
 * <p>Guarded by its owner. Allocates nothing.
 */
final class RecentAttempts {
    private static final long SLOT = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(30);
    private static final int LEAST = 25;
    private static final double SHORTEST_SECONDS = 1;

    private int total;
    private int deferred;
    private int blocked;
    private long since;
    private int totalBefore;
    private int deferredBefore;
    private int blockedBefore;
    private long sinceBefore;
    private long last;

    void taken(long now) {
        roll(now);
        total++;
    }

    void deferred(long now) {
        taken(now);
        deferred++;
    }

    void blocked(long now) {
        taken(now);
        blocked++;
    }

    private void roll(long now) {
        if (total == 0 || now - last > LONGEST) {
            if (now - last > LONGEST) {
                clear();
            }
            since = total == 0 ? now : since;
        } else if (now - since >= SLOT && total >= LEAST || now - since >= LONGEST) {
            totalBefore = total;
            deferredBefore = deferred;
            blockedBefore = blocked;
            sinceBefore = since;
            total = 0;
            deferred = 0;
            blocked = 0;
            since = now;
        }
        last = now;
    }

    void clear() {
        total = 0;
        deferred = 0;
        blocked = 0;
        totalBefore = 0;
        deferredBefore = 0;
        blockedBefore = 0;
    }

    int total() {
        return total + totalBefore;
    }

    /** Deferred or blocked. */
    int refused() {
        return deferred + deferredBefore + blocked + blockedBefore;
    }

    int blocked() {
        return blocked + blockedBefore;
    }

    /** Attempts that ended, a second; 0 where there were none in the last half hour. */
    double perSecond(long now) {
        return total() == 0 || now - last > LONGEST ? 0 : total() / seconds(now);
    }

    /** That the provider took, a second. */
    double takenPerSecond(long now) {
        return total() == 0 ? 0 : (total() - refused()) / seconds(now);
    }

    private double seconds(long now) {
        return Math.max(SHORTEST_SECONDS, (now - (totalBefore > 0 ? sinceBefore : since)) / 1e9);
    }
}
