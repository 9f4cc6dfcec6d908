package dev.dromedary.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void aLineIsFoundAndSaysWhenItReachesAThreshold() {
        Trend trend = Trend.of(minutes(30, i -> 1 + 0.5 * i), 0.95).orElseThrow();

        assertThat(trend.slope()).isCloseTo(0.5 / 60, within(1e-12));
        assertThat(trend.significant(1e-6)).isTrue();
        assertThat(trend.reaches(20).orElseThrow().expected()).isEqualTo(START.plus(Duration.ofMinutes(38)));
        assertThat(trend.reaches(0)).as("it leads away").isEmpty();
    }

    @Test
    void aThirdOfWildPointsDoesNotMoveIt() {
        Trend trend = Trend.of(minutes(40, i -> i % 4 == 1 ? 1_000 : 0.1 * i), 0.95).orElseThrow();

        assertThat(trend.slope() * 60).isCloseTo(0.1, within(0.03));
    }

    @Test
    void noUnitChangesWhatItSays() {
        Random random = new Random(7);
        double[] noise = random.doubles(25, -1, 1).toArray();
        Trend shares = Trend.of(minutes(25, i -> 0.01 + 0.001 * i + 0.004 * noise[i]), 0.9).orElseThrow();
        Trend perCent = Trend.of(minutes(25, i -> 100 * (0.01 + 0.001 * i + 0.004 * noise[i])), 0.9).orElseThrow();
        var hours = new ArrayList<TimeSeries.Point>();
        minutes(25, i -> 0.01 + 0.001 * i + 0.004 * noise[i]).points().forEach(p -> hours.add(new TimeSeries.Point(START.plus(Duration.between(START, p.at()).multipliedBy(60)), p.value())));
        Trend slow = Trend.of(new TimeSeries(hours), 0.9).orElseThrow();

        assertThat(perCent.p()).isEqualTo(shares.p());
        assertThat(slow.p()).isEqualTo(shares.p());
        assertThat(perCent.slope()).isCloseTo(100 * shares.slope(), within(1e-9));
        Instant crossing = shares.reaches(0.1).orElseThrow().expected();
        assertThat(perCent.reaches(10).orElseThrow().expected()).isBetween(crossing.minusMillis(2), crossing.plusMillis(2));
        assertThat(Duration.between(slow.at(), slow.reaches(0.1).orElseThrow().expected()).toMinutes())
                .isBetween(Duration.between(shares.at(), crossing).toMinutes() * 60, Duration.between(shares.at(), crossing).toMinutes() * 60 + 60);
    }

    @Test
    void noiseHasATrendAsRarelyAsTheTestSays() {
        Random random = new Random(1);
        int found = 0;
        int covered = 0;
        for (int i = 0; i < 2_000; i++) {
            found += Trend.of(minutes(18, k -> random.nextGaussian()), 0.95).orElseThrow().significant(0.01) ? 1 : 0;
            Trend real = Trend.of(minutes(18, k -> 0.2 * k + random.nextGaussian()), 0.95).orElseThrow();
            covered += real.lowerSlope() * 60 <= 0.2 && real.upperSlope() * 60 >= 0.2 ? 1 : 0;
        }
        assertThat(found).isBetween(5, 40);
        assertThat(covered).isBetween(1_860, 1_960);
    }

    @Test
    void equalValuesAndTooFewPointsHaveNone() {
        assertThat(Trend.of(minutes(20, i -> 5), 0.95).orElseThrow().significant(0.5)).isFalse();
        assertThat(Trend.of(minutes(2, i -> i), 0.95)).isEmpty();
        assertThat(Trend.of(new TimeSeries(List.of()), 0.95)).isEmpty();
    }

    private static TimeSeries minutes(int count, IntToDoubleFunction value) {
        var points = new ArrayList<TimeSeries.Point>();
        for (int i = 0; i < count; i++) {
            points.add(new TimeSeries.Point(START.plus(Duration.ofMinutes(i)), value.applyAsDouble(i)));
        }
        return new TimeSeries(points);
    }
}
