package dev.dromedary.pace;

import dev.dromedary.config.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A smooth local limit: permits flow back continuously and at most one second's worth (one at least) can be saved up unless told otherwise, so that
 * {@code 600/min} is ten a second and never six hundred in the first.
 *
 * <p>Thread safe.
 */
public final class RateBucket {
    private static final Duration BURST = Duration.ofSeconds(1);

    private final Rate rate;
    private final Bucket bucket;

    public RateBucket(Rate rate, Ticker ticker) {
        this(rate, ticker, BURST);
    }

    /** @param saved how long a time's worth of permits can be saved up */
    public RateBucket(Rate rate, Ticker ticker, Duration saved) {
        this.rate = rate;
        long burst = Math.max(1, (long) Math.floor(rate.perSecond() * saved.toMillis() / 1000.0));
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(new TickerMeter(ticker))
                .addLimit(limit -> limit.capacity(burst).refillGreedy(rate.permits(), rate.period()).initialTokens(burst))
                .build();
    }

    /** Takes one permit if there is one. */
    public boolean tryTake() {
        return bucket.tryConsume(1);
    }

    /** Gives back a permit taken for something that was then not done. */
    public void giveBack() {
        bucket.addTokens(1);
    }

    /** How long until a permit is there, zero if now. */
    public Duration untilFree() {
        return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    public Rate rate() {
        return rate;
    }

    private record TickerMeter(Ticker ticker) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return ticker.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
