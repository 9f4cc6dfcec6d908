package dev.dromedary.pool;

import dev.dromedary.config.Rate;
import dev.dromedary.pace.RateBucket;
import dev.dromedary.pace.Ticker;
import dev.dromedary.pace.Ceiling;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ceilings take away from one pool's limits towards each provider. Guarded by the lock of its owner. */
final class HeldBack {
    private static final Duration HOUR = Duration.ofHours(1);

    private final String pool;
    private final Ticker ticker;
    private final Map<String, Slowed> buckets = new HashMap<>();

    /** A rate, and the number that it was made from, so that one that did not change is not made anew for every message. */
    private static final class Slowed {
        private final RateBucket bucket;
        private double perSecond;

        Slowed(RateBucket bucket, double perSecond) {
            this.bucket = bucket;
            this.perSecond = perSecond;
        }
    }

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

    /** The first rate begins with what it allows in a second, or with one message; another rate goes on with what is left of that. */
    private @Nullable RateBucket bucket(String provider, double perSecond) {
        if (Double.isInfinite(perSecond)) {
            buckets.remove(provider);
            return null;
        }
        Slowed slowed = buckets.get(provider);
        if (slowed == null) {
            slowed = new Slowed(new RateBucket(rate(perSecond), ticker), perSecond);
            buckets.put(provider, slowed);
        } else if (slowed.perSecond != perSecond) {
            slowed.bucket.changeTo(rate(perSecond));
            slowed.perSecond = perSecond;
        }
        return slowed.bucket;
    }

    /** As people would write it where it comes to whole permits, else exact to one per cent. */
    static Rate rate(double perSecond) {
        double perHour = perSecond * HOUR.toSeconds();
        if (whole(perHour / 60)) {
            return new Rate(Math.round(perHour / 60), Duration.ofMinutes(1));
        }
        return perHour >= 100 || whole(perHour) ? new Rate(Math.round(perHour), HOUR) : new Rate(Math.max(1, Math.round(perHour * 24)), Duration.ofDays(1));
    }

    private static boolean whole(double permits) {
        return permits >= 1 && Math.abs(permits - Math.rint(permits)) < 1e-6;
    }

    void take(String provider) {
        Slowed slowed = buckets.get(provider);
        if (slowed != null) {
            slowed.bucket.tryTake();
        }
    }

    void giveBack(String provider) {
        Slowed slowed = buckets.get(provider);
        if (slowed != null) {
            slowed.bucket.giveBack();
        }
    }

    /** The provider is no longer held back. */
    void clear(String provider) {
        if (!buckets.isEmpty()) {
            buckets.remove(provider);
        }
    }
}
