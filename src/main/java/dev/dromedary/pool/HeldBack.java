package dev.dromedary.pool;

import dev.dromedary.config.Rate;
import dev.dromedary.pace.RateBucket;
import dev.dromedary.pace.Ticker;
import dev.dromedary.pace.Ceiling;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reactions take away from one pool's limits towards each provider. Guarded by the lock of its owner. */
final class HeldBack {
    private static final Duration HOUR = Duration.ofHours(1);

    private final String pool;
    private final Ticker ticker;
    private final Map<String, RateBucket> buckets = new HashMap<>();

    HeldBack(String pool, Ticker ticker) {
        this.pool = pool;
        this.ticker = ticker;
    }

    /** @param narrow what the configuration allows; @return null where there is room under the ceiling */
    Choice.@Nullable Full obstacle(String provider, Ceiling ceiling, Limit narrow, int mostOfPool) {
        int most = ceiling.connectionsOf(Math.min(narrow.maxConnections(), mostOfPool));
        if (narrow.inFlight() >= most) {
            return new Choice.Full(Duration.ZERO, text(provider, most + (most == 1 ? " connection, which is in use" : " connections, all in use"), ceiling));
        }
        RateBucket bucket = bucket(provider, ceiling.perSecond());
        Duration wait = bucket == null ? Duration.ZERO : bucket.untilFree();
        return bucket == null || wait.isZero() ? null : new Choice.Full(wait, text(provider, "rate of " + bucket.rate(), ceiling));
    }

    private String text(String provider, String what, Ceiling ceiling) {
        return "pool " + pool + " to " + provider + ": " + what + " (" + ceiling.why() + ")";
    }

    /** A new rate begins with what it allows in a second, or with one message. */
    private @Nullable RateBucket bucket(String provider, double perSecond) {
        if (Double.isInfinite(perSecond)) {
            buckets.remove(provider);
            return null;
        }
        Rate rate = rate(perSecond);
        RateBucket bucket = buckets.get(provider);
        if (bucket == null || !bucket.rate().equals(rate)) {
            bucket = new RateBucket(rate, ticker);
            buckets.put(provider, bucket);
        }
        return bucket;
    }

    private static Rate rate(double perSecond) {
        double perHour = perSecond * HOUR.toSeconds();
        boolean wholeMinutes = Math.abs(perHour / 60 - Math.rint(perHour / 60)) < 1e-6 && perHour >= 60;
        return wholeMinutes ? new Rate(Math.round(perHour / 60), Duration.ofMinutes(1)) : new Rate(Math.max(1, Math.round(perHour)), HOUR);
    }

    void take(String provider) {
        RateBucket bucket = buckets.get(provider);
        if (bucket != null) {
            bucket.tryTake();
        }
    }

    void giveBack(String provider) {
        RateBucket bucket = buckets.get(provider);
        if (bucket != null) {
            bucket.giveBack();
        }
    }

    /** The provider is no longer held back. */
    void clear(String provider) {
        if (!buckets.isEmpty()) {
            buckets.remove(provider);
        }
    }
}
