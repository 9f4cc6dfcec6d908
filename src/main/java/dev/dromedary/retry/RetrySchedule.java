package dev.dromedary.retry;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Waits;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a deferred message is tried again: after the wait of the schedule for its provider and the reply's category, with jitter, not
 * before what the server asked for, within the send window of its stream, until the retries or the age run out (RFC 5321 section 4.5.4.1).
 */
public final class RetrySchedule {
    /** What the way from the database to a pool may take, so that the last attempt does not come too late. */
    private static final Duration BEFORE_THE_END = Duration.ofSeconds(5);

    private final DromedaryConfig.Retry config;
    private final Map<String, DromedaryConfig.Stream> streams;
    private final SendWindows windows;
    private final RandomGenerator random;
    private final Waits backOff;

    public RetrySchedule(DromedaryConfig.Retry config, Map<String, DromedaryConfig.Stream> streams, RandomGenerator random) {
        this.config = config;
        this.streams = streams;
        this.windows = new SendWindows(streams);
        this.random = random;
        this.backOff = config.backOff();
    }

    /**
     * @param envelope of the attempt that was just deferred
     * @param hint     the wait that the server named, or null; kept up to {@code retry.max}
     * @return the time of the next attempt: where that would be after the age is up, of a last one just before, unless that were sooner
     *         than the schedule's first wait or than the server asked; empty where the message has to be given up
     */
    public Optional<Instant> next(Envelope envelope, Category category, @Nullable Duration hint, Instant now) {
        Instant deadline = deadline(envelope);
        if (envelope.attempt() > envelope.maxRetries() || !now.isBefore(deadline)) {
            return Optional.empty();
        }
        Waits waits = waits(envelope.provider(), category);
        Duration asked = hint == null ? Duration.ZERO : hint.compareTo(config.max()) > 0 ? config.max() : hint;
        Instant next = windows.opening(envelope.stream(), now.plus(wait(waits.after(envelope.attempt()), asked)));
        if (next.isBefore(deadline)) {
            return Optional.of(next);
        }
        Instant last = deadline.minus(BEFORE_THE_END);
        Duration least = asked.compareTo(waits.after(1)) > 0 ? asked : waits.after(1);
        boolean worthIt = !last.isBefore(now.plus(least)) && windows.opening(envelope.stream(), last).equals(last);
        return worthIt ? Optional.of(last) : Optional.empty();
    }

    /** Whether a message is too old to be tried at all. */
    public boolean expired(Envelope envelope, Instant now) {
        return now.isAfter(deadline(envelope));
    }

    /** Zero where mail of the stream may be sent now, or the time until it may. */
    Duration untilWindow(String stream, Instant now) {
        return Duration.between(now, windows.opening(stream, now));
    }

    /** The schedule for a provider and category, without jitter. */
    public Waits waits(String provider, Category category) {
        Waits given = config.schedules().find(provider, category.id());
        return given == null ? backOff : given;
    }

    /** The message's own, that of its stream, or the configured one. */
    Duration maxAge(Envelope envelope) {
        Duration own = envelope.terms().maxAge();
        if (own != null) {
            return own;
        }
        DromedaryConfig.Stream stream = streams.get(envelope.stream());
        return stream == null || stream.maxAge() == null ? config.maxAge() : stream.maxAge();
    }

    private Instant deadline(Envelope envelope) {
        return envelope.acceptedAt().plus(maxAge(envelope));
    }

    private Duration wait(Duration scheduled, Duration asked) {
        Duration plain = times(scheduled, 1 + config.jitter() * (2 * random.nextDouble() - 1));
        // What was told the same wait at the same time must not come back at the same time.
        return asked.compareTo(plain) <= 0 ? plain : times(asked, 1 + config.jitter() * random.nextDouble());
    }

    private static Duration times(Duration wait, double factor) {
        return Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * factor)));
    }
}
