package dev.dromedary.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a notice that could not be told is tried again: after 10 s, 30 s, 1 min, 5 min, 15 min and then every hour, each up to a tenth shorter or longer so that not all come at once,
 * and last {@link #LONGEST} after it was made. (Standard Webhooks, Deliverability and reliability, asks for growing waits with jitter.) Safe for use by many threads.
 */
final class NoticeWaits {
    static final Duration LONGEST = Duration.ofHours(24);
    static final double JITTER = 0.1;
    private static final List<Duration> WAITS = List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15),
            Duration.ofHours(1));

    private final RandomGenerator random;

    NoticeWaits(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param attempts  that failed, at least 1
     * @param notBefore when the receiver wants to be asked again, or null; it may be asked before that, for the last time, {@link #LONGEST} after the notice was made
     * @return empty where it is given up
     */
    Optional<Instant> next(Instant madeAt, int attempts, @Nullable Instant notBefore, Instant now) {
        Instant last = madeAt.plus(LONGEST);
        if (!now.isBefore(last)) {
            return Optional.empty();
        }
        Duration wait = WAITS.get(Math.min(Math.max(attempts, 1), WAITS.size()) - 1);
        double share = 1 - JITTER + 2 * JITTER * random.nextDouble();
        Instant usual = now.plusMillis((long) (wait.toMillis() * share));
        Instant next = notBefore == null || notBefore.isBefore(usual) ? usual : notBefore;
        return Optional.of(next.isAfter(last) ? last : next);
    }
}
