package dev.dromedary.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.Rate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateBucketTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RateBucket bucket = new RateBucket(new Rate(600, Duration.ofMinutes(1)), nanos::get);

    @Test
    void aMinutesWorthIsNotSpentInTheFirstSecond() {
        int taken = 0;
        while (bucket.tryTake()) {
            taken++;
        }
        assertThat(taken).isEqualTo(10);
        assertThat(bucket.untilFree()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void permitsComeBackContinuously() {
        while (bucket.tryTake()) {
            // until it is empty
        }
        nanos.addAndGet(Duration.ofMillis(250).toNanos());
        assertThat(bucket.tryTake()).isTrue();
        assertThat(bucket.tryTake()).isTrue();
        assertThat(bucket.tryTake()).isFalse();
    }

    @Test
    void aPermitGivenBackCanBeTakenAgain() {
        while (bucket.tryTake()) {
            // until it is empty
        }
        bucket.giveBack();
        assertThat(bucket.tryTake()).isTrue();
    }

    /** What Bucket4j says is missing is rounded down, which at some rates comes to nothing before the permit is there. */
    @Test
    void onceItSaysThatThereIsAPermitThereIsOne() {
        var odd = new RateBucket(new Rate(12_160, Duration.ofHours(1)), nanos::get);
        for (int i = 0; i < 20_000; i++) {
            while (!odd.untilFree().isZero()) {
                nanos.addAndGet(odd.untilFree().toNanos());
            }
            assertThat(odd.tryTake()).as("permit %d", i).isTrue();
        }
    }
}
