package dev.dromedary.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void waitsDoubleUpToTheMaximum() {
        RetrySchedule schedule = schedule(0);
        assertThat(wait(schedule, 1, null)).isEqualTo(Duration.ofMinutes(5));
        assertThat(wait(schedule, 2, null)).isEqualTo(Duration.ofMinutes(10));
        assertThat(wait(schedule, 12, null)).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void jitterStaysWithinItsShare() {
        RetrySchedule schedule = schedule(0.2);
        for (int i = 0; i < 1_000; i++) {
            assertThat(wait(schedule, 1, null)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
        }
    }

    @Test
    void aWaitThatTheServerNamedIsKept() {
        assertThat(wait(schedule(0), 1, Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThat(wait(schedule(0), 1, Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void retriesAndAgeRunOut() {
        RetrySchedule schedule = schedule(0);
        assertThat(schedule.next(START, 4, 3, null, START)).isEmpty();
        assertThat(schedule.next(START, 1, 0, null, START)).isEmpty();
        assertThat(schedule.next(START, 1, 30, null, START.plus(Duration.ofDays(5)))).isEmpty();
        assertThat(schedule.next(START, 9, 30, null, START.plus(Duration.ofDays(5)).minusSeconds(60))).contains(START.plus(Duration.ofDays(5)));
    }

    private static Duration wait(RetrySchedule schedule, int attempt, @org.jspecify.annotations.Nullable Duration hint) {
        return Duration.between(START, schedule.next(START, attempt, 30, hint, START).orElseThrow());
    }

    private static RetrySchedule schedule(double jitter) {
        return new RetrySchedule(new DromedaryConfig.Retry(Duration.ofMinutes(5), 2, Duration.ofHours(4), jitter, Duration.ofDays(5), 30), new Random(7));
    }
}
