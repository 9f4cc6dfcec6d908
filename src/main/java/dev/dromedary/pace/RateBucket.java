package dev.dromedary.pace;

import dev.dromedary.config.Rate;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;

/**
 * A smooth local limit: permits flow back continuously and at most one second's worth (one at least) can be saved up unless told otherwise, so that
 * {@code 600/min} is ten a second and never six hundred in the first.
 *
 * <p>Thread safe, but for {@link #changeTo}.
 */
public final class RateBucket {
    private static final Duration BURST = Duration.ofSeconds(1);

    private final Duration saved;
    private final Bucket bucket;
    private Rate rate;

    public RateBucket(Rate rate, Ticker ticker) {
        this(rate, ticker, BURST);
    }

    /** @param saved how long a time's worth of permits can be saved up */
    public RateBucket(Rate rate, Ticker ticker, Duration saved) {
        this.rate = rate;
        this.saved = saved;
        this.bucket = Bucket.builder().withCustomTimePrecision(new TickerMeter(ticker)).addLimit(limit(rate, saved)).build();
    }

    private static Bandwidth limit(Rate rate, Duration saved) {
        long burst = Math.max(1, (long) Math.floor(rate.perSecond() * saved.toMillis() / 1000.0));
        return Bandwidth.builder().capacity(burst).refillGreedy(rate.permits(), rate.period()).initialTokens(burst).build();
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
        EstimationProbe probe = bucket.estimateAbilityToConsume(1);
        // What is missing is rounded down, to nothing where it comes within the nanosecond; but it is not there yet.
        return probe.canBeConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Another rate from now on. What is saved up stays, as far as it may be saved up at the new rate: a rate that changes often gives nothing away. */
    public void changeTo(Rate fresh) {
        if (!fresh.equals(rate)) {
            bucket.replaceConfiguration(BucketConfiguration.builder().addLimit(limit(fresh, saved)).build(), TokensInheritanceStrategy.AS_IS);
            rate = fresh;
        }
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
