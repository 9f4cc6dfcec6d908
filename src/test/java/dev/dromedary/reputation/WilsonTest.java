package dev.dromedary.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.stat.interval.BinomialProportion;
import org.junit.jupiter.api.Test;

/** Bounds of a share, against a library that knows whole counts only. */
class WilsonTest {
    private static final double Z = 1.959964;

    @Test
    void threeComplaintsInAThousandMayBeATenthOfAPerCentOrNine() {
        assertThat(Wilson.low(3, 1_000, Z)).isCloseTo(0.0010, within(0.00005));
        assertThat(Wilson.high(3, 1_000, Z)).isCloseTo(0.0088, within(0.00005));
    }

    @Property
    void itIsWhatTheLibrarySays(@ForAll @IntRange(min = 1, max = 100_000) int of, @ForAll @DoubleRange(min = 0, max = 1) double share) {
        int bad = (int) Math.round(of * share);
        var known = BinomialProportion.getWilsonScoreInterval(of, bad / (double) of, 0.95);
        assertThat(Wilson.low(bad, of, Z)).isCloseTo(known.getLowerBound(), within(1e-6));
        assertThat(Wilson.high(bad, of, Z)).isCloseTo(known.getUpperBound(), within(1e-6));
    }

    @Property
    void theShareIsBetweenItsBoundsAndTheyAreBetweenZeroAndOne(@ForAll @DoubleRange(min = 0, max = 1e9) double of, @ForAll @DoubleRange(min = 0, max = 1) double share,
            @ForAll @DoubleRange(min = 0.1, max = 5) double z) {
        double low = Wilson.low(of * share, of, z);
        double high = Wilson.high(of * share, of, z);
        assertThat(low).isBetween(0.0, 1.0);
        assertThat(high).isBetween(low, 1.0);
        if (of > 0) {
            assertThat(share).isBetween(low - 1e-9, high + 1e-9);
        }
    }
}
