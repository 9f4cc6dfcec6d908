package dev.dromedary.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private long nanos;
    private final RateMeter meter = new RateMeter(() -> nanos);

    @Test
    void nothingCountedIsNotKnown() {
        assertThat(meter.perSecond()).isNaN();
    }

    @Test
    void aSteadyRateIsMeasuredFromTheFirstSecondsOn() {
        for (int i = 1; i <= 6_000; i++) {
            meter.count();
            nanos += 100_000_000;
            if (i >= 50) {
                assertThat(meter.perSecond()).isCloseTo(10, within(0.5));
            }
        }
    }

    @Test
    void whatIsLongAgoCountsLess() {
        for (int i = 0; i < 600; i++) {
            meter.count();
            nanos += 100_000_000;
        }
        nanos += Duration.ofMinutes(10).toNanos();
        assertThat(meter.perSecond()).isLessThan(0.02);
    }

    @Test
    void oneMessageIsOneASecondAtMost() {
        meter.count();
        assertThat(meter.perSecond()).isBetween(0.9, 1.1);
    }
}
