package dev.dromedary.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProportionTest {
    @Test
    void threeComplaintsInAThousandMayBeAnythingFromATenthToNineTenthsOfAPerCent() {
        var complaints = new Proportion(3, 1_000);
        assertThat(complaints.lower(0.975)).isCloseTo(0.0010, within(0.00005));
        assertThat(complaints.upper(0.975)).isCloseTo(0.0088, within(0.00005));
        assertThat(new Proportion(0, 0).lower(0.99)).isZero();
        assertThat(new Proportion(0, 0).upper(0.99)).isOne();
    }

    @Test
    void differentSharesAreToldApartAndEqualOnesAreNot() {
        assertThat(new Proportion(120, 1_000).sameAs(new Proportion(80, 10_000))).isLessThan(1e-6);
        assertThat(new Proportion(8, 1_000).sameAs(new Proportion(80, 10_000))).isGreaterThan(0.5);
        assertThat(new Proportion(0, 10).sameAs(new Proportion(0, 10))).isOne();
        assertThat(new Proportion(10, 10).sameAs(new Proportion(10, 10))).isOne();
    }

    @Test
    void theForestSeesAPointThatIsOddOnlyTogether() {
        var forest = new JointAnomaly(2, 42, 200);
        Random random = new Random(8);
        int odd = 0;
        for (int i = 0; i < 1_000; i++) {
            float both = (float) random.nextGaussian();
            JointAnomaly.Verdict verdict = forest.next(new float[] {both, both + 0.1f * (float) random.nextGaussian()});
            odd += verdict != null && verdict.deviations() > 6 ? 1 : 0;
        }
        JointAnomaly.Verdict verdict = forest.next(new float[] {2f, -2f});
        assertThat(odd).isLessThan(5);
        assertThat(verdict).isNotNull();
        assertThat(verdict.deviations()).isGreaterThan(6);
    }
}
