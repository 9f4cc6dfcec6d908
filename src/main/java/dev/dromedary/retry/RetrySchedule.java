package dev.dromedary.retry;

import dev.dromedary.config.DromedaryConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a deferred message is tried again: exponential back-off with jitter (RFC 5321 section 4.5.4.1 asks for growing
 * intervals), not before what the server asked for, until the retries or the age run out.
 */
public final class RetrySchedule {
    private final DromedaryConfig.Retry config;
    private final RandomGenerator random;

    public RetrySchedule(DromedaryConfig.Retry config, RandomGenerator random) {
        this.config = config;
        this.random = random;
    }

    /**
     * @param attempt    the attempt that was just deferred, 1 for the first
     * @param maxRetries attempts allowed after the first
     * @param hint       the wait that the server named, or null
     * @return the time of the next attempt; empty where the message has to be given up
     */
    public Optional<Instant> next(Instant acceptedAt, int attempt, int maxRetries, @Nullable Duration hint, Instant now) {
        Instant deadline = acceptedAt.plus(config.maxAge());
        if (attempt > maxRetries || !now.isBefore(deadline)) {
            return Optional.empty();
        }
        Duration wait = backoff(attempt);
        if (hint != null && hint.compareTo(wait) > 0) {
            wait = hint;
        }
        Instant next = now.plus(wait);
        return Optional.of(next.isBefore(deadline) ? next : deadline);
    }

    /** Whether a message is too old to be tried at all. */
    public boolean expired(Instant acceptedAt, Instant now) {
        return now.isAfter(acceptedAt.plus(config.maxAge()));
    }

    private Duration backoff(int attempt) {
        double initial = config.initial().toMillis();
        double plain = Math.min(config.max().toMillis(), initial * Math.pow(config.factor(), attempt - 1));
        double spread = 1 + config.jitter() * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.max(1, Math.round(plain * spread)));
    }
}
