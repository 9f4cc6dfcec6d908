package dev.dromedary.rehearsal;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Scenario;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import dev.dromedary.retry.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a message is tried again, by the production's schedule. */
final class Retries {
    private static final EmailAddress SOMEBODY = EmailAddress.parse("somebody@example.org");

    private final RetrySchedule schedule;
    private final int maxRetries;
    private final VirtualTime time;

    Retries(DromedaryConfig config, VirtualTime time, RandomGenerator random) {
        this.schedule = new RetrySchedule(config.retry(), config.streams(), random);
        this.maxRetries = config.retry().maxRetries();
        this.time = time;
    }

    /** @return nanoseconds from now, or -1 where the message is given up */
    long wait(SimMessage message, Category category, @Nullable Duration hint) {
        Instant now = time.instant();
        Scenario.Traffic traffic = message.traffic;
        Instant acceptedAt = now.minusNanos(time.nanos() - message.acceptedAt);
        Envelope envelope = new Envelope("rehearsed", "rehearsed", null, SOMEBODY, message.provider, traffic.stream(), traffic.campaign(), List.of(), traffic.priority(),
                maxRetries, acceptedAt, message.attempt, 4_096);
        Optional<Instant> next = schedule.next(envelope, category, hint, now);
        return next.map(at -> Duration.between(now, at).toNanos()).orElse(-1L);
    }
}
