package dev.dromedary.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RateCusumTest {
    @Test
    void whereNothingChangesItAlarmsNoMoreOftenThanItsRunLengthWhateverTheVolume() {
        Random random = new Random(3);
        for (int volume : new int[] {1, 30, 400}) {
            int looks = 400_000 / volume + 20_000;
            var cusum = new RateCusum(2_000);
            int alarms = 0;
            for (int i = 0; i < looks; i++) {
                cusum.add(binomial(random, volume, 0.02), volume, 0.02, 0.04, 1);
                if (cusum.alarm()) {
                    alarms++;
                    cusum.reset();
                }
            }
            assertThat(alarms).as("of %d a look, %d looks", volume, looks).isLessThanOrEqualTo(looks / 2_000);
        }
    }

    @Test
    void aDoubledShareIsSeenWithinMinutesAndPassesAgain() {
        Random random = new Random(4);
        var cusum = new RateCusum(1e6);
        int looks = 0;
        while (!cusum.alarm()) {
            cusum.add(binomial(random, 200, 0.04), 200, 0.02, 0.04, 1);
            looks++;
        }
        assertThat(looks).isLessThan(20);
        while (cusum.high()) {
            cusum.add(binomial(random, 200, 0.02), 200, 0.02, 0.04, 1);
            looks++;
        }
        assertThat(looks).isLessThan(45);
    }

    private static int binomial(Random random, int n, double p) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            count += random.nextDouble() < p ? 1 : 0;
        }
        return count;
    }
}
