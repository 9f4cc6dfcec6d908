package dev.dromedary.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void everyPercentileIsWithinFivePerCent() {
        var random = new Random(7);
        long[] times = random.doubles(10_000).mapToLong(share -> (long) Math.exp(share * 18)).sorted().toArray();
        var spread = new Spread();
        Arrays.stream(times).forEach(spread::add);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.95, 0.99, 1}) {
            double exact = times[(int) Math.ceil(share * times.length) - 1];
            assertThat(spread.percentile(share)).as(share + " of them").isCloseTo(exact, within(Math.max(1, exact * 0.05)));
        }
    }

    @Test
    void partsAddUpToTheWhole() {
        var whole = new Spread();
        var one = new Spread();
        var other = new Spread();
        for (int i = 0; i < 1000; i++) {
            whole.add(i);
            (i % 3 == 0 ? one : other).add(i);
        }
        Spread sum = Spread.of(one.bounds(), one.counts(), one.millis()).add(other);
        assertThat(sum.counts()).isEqualTo(whole.counts());
        assertThat(sum.millis()).isEqualTo(whole.millis());
        assertThat(sum.percentile(0.95)).isEqualTo(whole.percentile(0.95));
    }

    @Test
    void ofNoneNothingIsKnown() {
        assertThat(new Spread().percentile(0.5)).isNaN();
        assertThat(new Spread().mean()).isNaN();
    }
}
