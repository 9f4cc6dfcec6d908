package dev.dromedary.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.report.HealthScore.Reading;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class HealthScoreTest {
    private static final Reading NONE = Reading.missing("none");

    @Test
    void theSeedsDemonstrationScoresAsTheSeedScoresIt() {
        List<double[]> demo = SeedHealth.demonstration();
        double seed = SeedHealth.factors(demo.get(0), demo.get(1), demo.get(2), demo.get(3)).score();
        assertThat(seed).isCloseTo(0.67275, within(1e-12));
        assertThat(SeedHealth.status(seed)).isEqualTo("fair");

        HealthScore ours = HealthScore.of(seen(SeedHealth.mean(SeedHealth.last(demo.get(0), 10))), seen(SeedHealth.BASELINE_THROUGHPUT),
                seen(SeedHealth.mean(SeedHealth.last(demo.get(1), 10))), seen(SeedHealth.mean(SeedHealth.last(demo.get(2), 10))), seen(SeedHealth.BASELINE_LATENCY),
                seen(SeedHealth.mean(SeedHealth.last(demo.get(3), 5))));
        assertThat(ours.score()).isCloseTo(0.67275, within(1e-12));
        assertThat(ours.band()).isEqualTo(HealthBand.FAIR);
        assertThat(ours.parts()).extracting(HealthScore.Part::weight).containsExactly(0.30, 0.25, 0.20, 0.25);
    }

    @Property
    void itIsTheSeedsWhereTheSeedsIsSoundAndNeverBeyondItsBounds(@ForAll @DoubleRange(max = 500) double throughput, @ForAll @DoubleRange(max = 100) double errors,
            @ForAll @DoubleRange(max = 10_000) double latency, @ForAll @DoubleRange(max = 1) double reputation) {
        HealthScore ours = score(throughput, errors, latency, reputation);
        SeedHealth.Factors seed = SeedHealth.factors(new double[] {throughput}, new double[] {errors}, new double[] {latency}, new double[] {reputation});
        assertThat(ours.score()).isBetween(0.0, 1.0);
        if (seed.latency() <= 1) {
            assertThat(ours.score()).isCloseTo(seed.score(), within(1e-9));
            assertThat(ours.band().id()).isEqualTo(SeedHealth.status(ours.score()));
        } else {
            assertThat(ours.score()).as("the seed lets fast replies make up for errors").isLessThan(seed.score());
        }
    }

    @Test
    void fastRepliesDoNotLiftTheScoreAboveOne() {
        assertThat(SeedHealth.factors(new double[] {200}, new double[] {0}, new double[] {10}, new double[] {1}).score()).isGreaterThan(1);
        assertThat(score(200, 0, 10, 1).score()).isEqualTo(1);
    }

    @Test
    void aPartWithoutDataLeavesWithItsWeightAndIsNamed() {
        HealthScore score = HealthScore.of(NONE, seen(100), seen(5), NONE, seen(1000), seen(0.9));
        assertThat(score.score()).isCloseTo((0.5 * 0.25 + 0.9 * 0.25) / 0.5, within(1e-12));
        assertThat(score.missing()).containsExactly("throughput", "latency");
        assertThat(score.share(score.parts().get(1))).isCloseTo(0.5, within(1e-12));
        assertThat(score.share(score.parts().get(0))).isZero();
        assertThat(score.parts().get(0).why()).isEqualTo("no data: none");
    }

    @Test
    void withoutAnyDataThereIsNoScore() {
        HealthScore score = HealthScore.of(NONE, NONE, NONE, NONE, NONE, NONE);
        assertThat(score.score()).isNull();
        assertThat(score.band()).isEqualTo(HealthBand.UNKNOWN);
    }

    @Test
    void aScoreAtABoundIsInTheBetterBand() {
        assertThat(List.of(0.9, 0.8, 0.6, 0.4, 0.3999, 0.0).stream().map(HealthBand::of)).containsExactly(HealthBand.EXCELLENT, HealthBand.GOOD, HealthBand.FAIR,
                HealthBand.POOR, HealthBand.CRITICAL, HealthBand.CRITICAL);
    }

    private static HealthScore score(double throughput, double errors, double latency, double reputation) {
        return HealthScore.of(seen(throughput), seen(SeedHealth.BASELINE_THROUGHPUT), seen(errors), seen(latency), seen(SeedHealth.BASELINE_LATENCY), seen(reputation));
    }

    private static Reading seen(double value) {
        return new Reading(value, "");
    }
}
