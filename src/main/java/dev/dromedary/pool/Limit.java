package dev.dromedary.pool;

import dev.dromedary.config.Rate;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.pace.RateBucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A ceiling on conversations at a time and on messages a while, either of which may be absent. Some of the conversations are kept from bulk mail,
 * so that what is urgent need not wait for one to end. Guarded by the lock of its owner.
 */
final class Limit {
    private final String name;
    private final int maxConnections;
    private final int maxBulk;
    private final @Nullable RateBucket bucket;
    private int inFlight;
    private int bulk;

    /** @param reserve per cent of the conversations kept from bulk, at least one where there are two */
    Limit(String name, @Nullable Integer maxConnections, int reserve, @Nullable RateBucket bucket) {
        this.name = name;
        this.maxConnections = maxConnections == null ? Integer.MAX_VALUE : maxConnections;
        this.maxBulk = this.maxConnections - kept(this.maxConnections, reserve);
        this.bucket = bucket;
    }

    private static int kept(int all, int reserve) {
        return reserve == 0 || all == 1 ? 0 : Math.max(1, (int) ((long) all * reserve / 100));
    }

    boolean hasConnection(PriorityClass priority) {
        return inFlight < maxConnections && (priority != PriorityClass.BULK || bulk < maxBulk);
    }

    /** What {@link #hasConnection} lacks, in words. */
    String full() {
        return inFlight < maxConnections
                ? name + ": " + maxBulk + " connections are in use by bulk mail, the other " + (maxConnections - maxBulk) + " are kept from it"
                : name + ": all " + maxConnections + " connections are in use";
    }

    /** Zero when the rate allows one now. */
    Duration untilRate() {
        return bucket == null ? Duration.ZERO : bucket.untilFree();
    }

    /** @param counts against the rate */
    void take(PriorityClass priority, boolean counts) {
        inFlight++;
        bulk += priority == PriorityClass.BULK ? 1 : 0;
        if (bucket != null && counts) {
            bucket.tryTake();
        }
    }

    void end(PriorityClass priority) {
        inFlight--;
        bulk -= priority == PriorityClass.BULK ? 1 : 0;
    }

    /** Ends a permit for which nothing was sent, so that its share of the rate is not lost. */
    void undo(PriorityClass priority, boolean counted) {
        end(priority);
        if (bucket != null && counted) {
            bucket.giveBack();
        }
    }

    String name() {
        return name;
    }

    int inFlight() {
        return inFlight;
    }

    int maxConnections() {
        return maxConnections;
    }

    @Nullable Rate rate() {
        return bucket == null ? null : bucket.rate();
    }
}
