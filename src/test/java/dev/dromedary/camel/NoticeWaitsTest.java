package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NoticeWaitsTest {
    private static final Instant MADE = Instant.parse("2026-03-02T10:00:00Z");
    /** Of which nextDouble is one half: no jitter. */
    private static final RandomGenerator MIDDLE = () -> 1L << 63;

    @Test
    void waitsGrowToAnHour() {
        var waits = new NoticeWaits(MIDDLE);
        List<Long> seconds = new ArrayList<>();
        for (int attempts = 1; attempts <= 8; attempts++) {
            seconds.add(Duration.between(MADE, waits.next(MADE, attempts, null, MADE).orElseThrow()).toSeconds());
        }
        assertThat(seconds).containsExactly(10L, 30L, 60L, 300L, 900L, 3600L, 3600L, 3600L);
    }

    @Test
    void eachIsUpToATenthShorterOrLonger() {
        var waits = new NoticeWaits(new Random(1));
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            millis.add(Duration.between(MADE, waits.next(MADE, 2, null, MADE).orElseThrow()).toMillis());
        }
        assertThat(millis).allSatisfy(one -> assertThat(one).isBetween(27_000L, 33_000L));
        assertThat(millis).anyMatch(one -> one < 28_000).anyMatch(one -> one > 32_000);
    }

    @Test
    void theLastAttemptIsADayAfterTheNoticeWasMadeAndThenItIsGivenUp() {
        var waits = new NoticeWaits(MIDDLE);
        Instant last = MADE.plus(NoticeWaits.LONGEST);
        assertThat(waits.next(MADE, 20, null, last.minusSeconds(1))).hasValue(last);
        assertThat(waits.next(MADE, 20, null, last)).isEqualTo(Optional.empty());
        assertThat(waits.next(MADE, 1, null, last.plusSeconds(1))).as("also one that nobody tried for a day").isEmpty();
    }

    @Test
    void theDayHasSomeThirtyAttempts() {
        var waits = new NoticeWaits(new Random(7));
        int attempts = 1;
        for (Optional<Instant> next = waits.next(MADE, attempts, null, MADE); next.isPresent(); next = waits.next(MADE, attempts, null, next.get())) {
            attempts++;
        }
        assertThat(attempts).isBetween(25, 35);
    }

    @Test
    void aReceiverThatWantsToBeAskedLaterIsButOnceMoreWithinTheDay() {
        var waits = new NoticeWaits(MIDDLE);
        Instant last = MADE.plus(NoticeWaits.LONGEST);
        assertThat(waits.next(MADE, 1, MADE.plusSeconds(90), MADE)).hasValue(MADE.plusSeconds(90));
        assertThat(waits.next(MADE, 1, MADE.plusSeconds(5), MADE)).as("not sooner than else").hasValue(MADE.plusSeconds(10));
        assertThat(waits.next(MADE, 1, last.plusSeconds(1), MADE)).hasValue(last);
        assertThat(waits.next(MADE, 2, last.plusSeconds(1), last)).isEmpty();
    }
}
