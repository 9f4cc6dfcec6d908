package dev.dromedary.warning;

import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Attempts of one pool at one provider, a minute at a time: volume by the time of day, shares that waver as real ones do, and latency with a long tail. */
final class SimulatedSeries {
    private final String pool;
    private final String provider;
    private final double perMinute;
    private final SplittableRandom random;
    private double wavering = 1;
    private double volume = 1;

    /** @param deferred share, as is {@code blocked} @param seconds that a reply takes, as a median */
    record State(double deferred, double blocked, double seconds) {
    }

    SimulatedSeries(String pool, String provider, double perMinute, long seed) {
        this.pool = pool;
        this.provider = provider;
        this.perMinute = perMinute;
        this.random = new SplittableRandom(seed);
    }

    /** @return attempts made */
    int minute(Instant at, State state, Consumer<Evidence> to) {
        if (at.getEpochSecond() / 60 % 10 == 0) {
            // Every ten minutes other mail is under way: its share of trouble is 0.6 to 1.5 times the usual, its volume 0.5 to 2 times.
            wavering = Math.exp(0.3 * Math.max(-1.7, Math.min(1.35, random.nextGaussian())));
            volume = Math.exp(0.35 * Math.max(-2, Math.min(2, random.nextGaussian())));
        }
        double hour = at.getEpochSecond() % 86_400 / 3_600.0;
        double mean = perMinute * volume * (0.55 - 0.45 * Math.cos((hour - 3) * Math.PI / 12));
        int count = poisson(mean);
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble();
            double deferred = Math.min(1, state.deferred() * wavering);
            double blocked = Math.min(1, state.blocked() * wavering);
            Signal signal = x < deferred ? Signal.DEFERRED : x < deferred + blocked ? Signal.BLOCKED : x < deferred + blocked + 0.008 ? Signal.HARD_BOUNCE
                    : x < deferred + blocked + 0.018 ? Signal.NEUTRAL : Signal.ACCEPTED;
            to.accept(new Evidence(pool, provider, "example.com", "default", null, signal,
                    Duration.ofNanos((long) (1e9 * state.seconds() * Math.exp(0.8 * random.nextGaussian())))));
        }
        return count;
    }

    private int poisson(double mean) {
        if (mean > 50) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
