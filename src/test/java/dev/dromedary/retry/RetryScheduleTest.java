package dev.dromedary.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Schedules;
import dev.dromedary.config.Schedules.Scope;
import dev.dromedary.config.Waits;
import dev.dromedary.message.DeliveryTerms;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Category CATEGORY = Category.DEFER_SAME_POOL;

    @Test
    void waitsDoubleUpToTheMaximumWhereNoScheduleIsGiven() {
        RetrySchedule schedule = schedule(0);
        assertThat(wait(schedule, 1, null)).isEqualTo(Duration.ofMinutes(5));
        assertThat(wait(schedule, 2, null)).isEqualTo(Duration.ofMinutes(10));
        assertThat(wait(schedule, 12, null)).isEqualTo(Duration.ofHours(4));
        assertThat(new DromedaryConfig.Retry(Duration.ofMinutes(5), 1, Duration.ofHours(4), 0, Duration.ofDays(5), 30).backOff()).hasToString("5m");
        assertThat(new DromedaryConfig.Retry(Duration.ofMinutes(5), 2, Duration.ofHours(4), 0, Duration.ofDays(5), 30).backOff()).hasToString("5m, 10m, 20m, 40m, 80m, 160m, 4h");
    }

    @Test
    void aScheduleIsFollowedInOrderAndItsLastWaitRepeats() {
        RetrySchedule schedule = schedule(0, Map.of(new Scope(null, null), waits(1, 5, 5, 60)), Map.of());
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(attempt -> wait(schedule, attempt, null).toMinutes())).containsExactly(1L, 5L, 5L, 60L, 60L, 60L);
    }

    @Test
    void theMostSpecificScheduleWins() {
        RetrySchedule schedule = schedule(0, Map.of(new Scope(null, null), waits(1), new Scope(null, "network-transient"), waits(2), new Scope("google", null), waits(3),
                new Scope("google", "defer-other-pool"), waits(4)), Map.of());
        assertThat(schedule.waits("google", Category.DEFER_OTHER_POOL)).isEqualTo(waits(4));
        assertThat(schedule.waits("google", Category.NETWORK_TRANSIENT)).isEqualTo(waits(3));
        assertThat(schedule.waits("yahoo", Category.NETWORK_TRANSIENT)).isEqualTo(waits(2));
        assertThat(schedule.waits("yahoo", Category.DEFER_OTHER_POOL)).isEqualTo(waits(1));
    }

    @Test
    void jitterStaysWithinItsShare() {
        RetrySchedule schedule = schedule(0.2);
        for (int i = 0; i < 1_000; i++) {
            assertThat(wait(schedule, 1, null)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
            assertThat(wait(schedule, 1, Duration.ofHours(1))).as("never before what was asked for").isBetween(Duration.ofHours(1), Duration.ofMinutes(72));
        }
    }

    @Test
    void aWaitThatTheServerNamedIsKeptUpToTheMaximum() {
        assertThat(wait(schedule(0), 1, Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThat(wait(schedule(0), 1, Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(5));
        assertThat(wait(schedule(0), 1, Duration.ofDays(3))).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void retriesAndAgeRunOut() {
        RetrySchedule schedule = schedule(0);
        assertThat(schedule.next(envelope(4, 3), CATEGORY, null, START)).isEmpty();
        assertThat(schedule.next(envelope(1, 0), CATEGORY, null, START)).isEmpty();
        assertThat(schedule.next(envelope(1, 30), CATEGORY, null, START.plus(Duration.ofDays(5)))).isEmpty();
    }

    @Test
    void theLastAttemptIsMadeBeforeTheAgeIsUpUnlessThatWereTooSoon() {
        RetrySchedule schedule = schedule(0);
        Instant end = START.plus(Duration.ofDays(5));
        assertThat(schedule.next(envelope(9, 30), CATEGORY, null, end.minusSeconds(3_600))).contains(end.minusSeconds(5));
        assertThat(schedule.next(envelope(9, 30), CATEGORY, null, end.minusSeconds(60))).as("the first wait is 5 minutes").isEmpty();
        assertThat(schedule.next(envelope(9, 30), CATEGORY, Duration.ofHours(2), end.minusSeconds(3_600))).as("sooner than asked for").isEmpty();
    }

    @Test
    void theAgeIsTheMessagesOwnOrThatOfItsStreamOrTheConfiguredOne() {
        RetrySchedule schedule = schedule(0, Map.of(), Map.of("otp", new DromedaryConfig.Stream(List.of(), Duration.ofMinutes(3))));
        Envelope own = envelope(1, 30).withTerms(new DeliveryTerms(Duration.ofMinutes(2), null));
        assertThat(schedule.maxAge(own)).isEqualTo(Duration.ofMinutes(2));
        assertThat(schedule.maxAge(envelope("otp", 1, 30))).isEqualTo(Duration.ofMinutes(3));
        assertThat(schedule.maxAge(envelope(1, 30))).isEqualTo(Duration.ofDays(5));
        assertThat(schedule.next(own, CATEGORY, null, START)).as("5 minutes are too late").isEmpty();
        assertThat(schedule.expired(own, START.plus(Duration.ofMinutes(2)))).isFalse();
        assertThat(schedule.expired(own, START.plus(Duration.ofMinutes(2)).plusMillis(1))).isTrue();
    }

    private static Duration wait(RetrySchedule schedule, int attempt, @Nullable Duration hint) {
        return Duration.between(START, schedule.next(envelope(attempt, 30), CATEGORY, hint, START).orElseThrow());
    }

    private static Envelope envelope(int attempt, int maxRetries) {
        return envelope("default", attempt, maxRetries);
    }

    private static Envelope envelope(String stream, int attempt, int maxRetries) {
        return new Envelope("m", "m", null, new EmailAddress("to", "example.org"), "google", stream, null, List.of(), 100, maxRetries, START, attempt, 1);
    }

    private static Waits waits(int... minutes) {
        return new Waits(IntStream.of(minutes).mapToObj(minute -> new Waits.Step(Duration.ofMinutes(minute), 1)).toList());
    }

    private static RetrySchedule schedule(double jitter) {
        return schedule(jitter, Map.of(), Map.of());
    }

    private static RetrySchedule schedule(double jitter, Map<Scope, Waits> given, Map<String, DromedaryConfig.Stream> streams) {
        return new RetrySchedule(new DromedaryConfig.Retry(Duration.ofMinutes(5), 2, Duration.ofHours(4), jitter, Duration.ofDays(5), 30, new Schedules(given)), streams, new Random(7));
    }
}
