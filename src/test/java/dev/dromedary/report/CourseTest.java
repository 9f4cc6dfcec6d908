package dev.dromedary.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Series;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.history.Spread;
import dev.dromedary.report.Course.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aTrendIsOneWhateverTheUnit() {
        for (int scale : new int[] {1, 100, 10_000}) {
            Course rising = course(i -> scale * (100 + i), 24);
            assertThat(rising.direction()).as("times %d", scale).isEqualTo(Direction.INCREASING);
            assertThat(rising.change()).isBetween(15.0, 25.0);
            assertThat(course(i -> scale * (100 - i), 24).direction()).isEqualTo(Direction.DECREASING);
        }
    }

    @Test
    void aSteadyButTinySlopeIsStable() {
        assertThat(course(i -> 100_000 + i, 24).direction()).as("the seed calls 0.007 a second a rise").isEqualTo(Direction.STABLE);
    }

    @Test
    void chanceIsNoTrend() {
        int wrong = 0;
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            wrong += course(i -> 100 + random.nextInt(60), 24).direction() == Direction.STABLE ? 0 : 1;
        }
        assertThat(wrong).as("of 200, at a level of 0.01").isLessThanOrEqualTo(6);
    }

    @Test
    void theTimeOfDayIsNoTrendOfAFortnight() {
        Course course = course(i -> (int) (1000 + 800 * Math.sin(2 * Math.PI * i / 24)), 14 * 24);
        assertThat(course.direction()).isEqualTo(Direction.STABLE);
        assertThat(course.points()).isEqualTo(14);
    }

    @Test
    void fewOrMissingStepsGiveNoDirection() {
        assertThat(course(i -> 10 + i, 7).direction()).isEqualTo(Direction.UNKNOWN);
        assertThat(Course.of(new Histories(HOUR).timeline(24), Metric.MESSAGES_PER_SECOND).direction()).isEqualTo(Direction.UNKNOWN);
    }

    private static Course course(IntUnaryOperator perHour, int hours) {
        var history = new Histories(HOUR);
        for (int i = 0; i < hours; i++) {
            int n = perHour.applyAsInt(i);
            history.add(i, List.of(new SeriesSample(new Series("", "google", "a", "s"),
                    new Counts(0, n, 0, 0, 0, 0), new Spread(), new Spread())));
        }
        return Course.of(history.timeline(hours), Metric.MESSAGES_PER_SECOND);
    }
}
