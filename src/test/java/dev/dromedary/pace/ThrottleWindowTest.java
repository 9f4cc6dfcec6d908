package dev.dromedary.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.Rate;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThrottleWindowTest {
    @Test
    void aHundredAMinuteIsTwoEvery1200MillisAndNotAHundredAtOnce() {
        assertThat(ThrottleWindow.of(new Rate(100, Duration.ofMinutes(1)))).isEqualTo(new ThrottleWindow(2, 1_200));
    }

    @Test
    void oneADayStaysOneADay() {
        assertThat(ThrottleWindow.of(new Rate(1, Duration.ofDays(1)))).isEqualTo(new ThrottleWindow(1, 86_400_000));
    }

    @Test
    void withoutARateTheWindowIsWide() {
        assertThat(ThrottleWindow.of(null).permits()).isEqualTo(10_000);
    }

    @Property
    void theRateIsKeptExactlyAndNeverZero(@ForAll @IntRange(min = 1, max = 1_000_000) int permits, @ForAll @IntRange(min = 1, max = 86_400) int seconds) {
        ThrottleWindow window = ThrottleWindow.of(new Rate(permits, Duration.ofSeconds(seconds)));
        assertThat(window.permits()).isPositive();
        assertThat(window.periodMillis()).isGreaterThanOrEqualTo(1_000);
        assertThat(window.permits() * seconds * 1_000L).isEqualTo(permits * window.periodMillis());
    }
}
