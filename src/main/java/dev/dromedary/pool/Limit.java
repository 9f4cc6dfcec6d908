package dev.dromedary.pool;

import dev.dromedary.config.Rate;
import dev.dromedary.pace.RateBucket;
import dev.dromedary.pace.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A ceiling on conversations at a time and on messages a while, either of which may be absent. Guarded by the lock of its owner. */
final class Limit {
    private final String name;
    private final int maxConnections;
    private final @Nullable RateBucket bucket;
    private int inFlight;

    Limit(String name, @Nullable Integer maxConnections, @Nullable Rate rate, Ticker ticker) {
        this.name = name;
        this.maxConnections = maxConnections == null ? Integer.MAX_VALUE : maxConnections;
        this.bucket = rate == null ? null : new RateBucket(rate, ticker);
    }

    boolean hasConnection() {
        return inFlight < maxConnections;
    }

    /** Zero when the rate allows one now. */
    Duration untilRate() {
        return bucket == null ? Duration.ZERO : bucket.untilFree();
    }

    void take() {
        inFlight++;
        if (bucket != null) {
            bucket.tryTake();
        }
    }

    void end() {
        inFlight--;
    }

    /** Ends a permit for which nothing was sent, so that its share of the rate is not lost. */
    void undo() {
        inFlight--;
        if (bucket != null) {
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
