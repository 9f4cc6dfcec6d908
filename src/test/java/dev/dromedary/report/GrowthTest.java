package dev.dromedary.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.forecast.TimeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private final Growth growth = new Growth("pool a", "busiest_hour", "messages/s");

    @Test
    void growthWithAWeekReachesItsLimitWhenItDoes() {
        int inside = 0;
        double off = 0;
        int runs = 40;
        for (int seed = 0; seed < runs; seed++) {
            var random = new Random(seed);
            IntToDoubleFunction figure = day -> (100 + day) * (day % 7 >= 5 ? 0.6 : 1);
            Forecast forecast = growth.towards(series(day -> figure.applyAsDouble(day) * (1 + 0.03 * random.nextGaussian()), 90), 230.0, "");
            Instant truth = START.plus(Duration.ofDays(firstDay(figure, 230)));
            assertThat(forecast.reachedAt()).as("seed %d: %s", seed, forecast).isNotNull();
            off += Math.abs(Duration.between(forecast.reachedAt(), truth).toDays()) / (double) runs;
            inside += !forecast.reachedEarliest().isAfter(truth) && (forecast.reachedLatest() == null || !forecast.reachedLatest().isBefore(truth)) ? 1 : 0;
        }
        System.out.printf("reached 40 days ahead, of %d: %d inside the interval, off by %.1f days in the mean%n", runs, inside, off);
        assertThat(inside).isGreaterThanOrEqualTo(runs * 8 / 10);
        assertThat(off).isLessThan(15);
    }

    @Test
    void whatDoesNotGrowIsNotSaidToReachItsLimit() {
        int said = 0;
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            Forecast forecast = growth.towards(series(day -> 100 * (day % 7 >= 5 ? 0.6 : 1) * (1 + 0.05 * random.nextGaussian()), 90), 200.0, "");
            said += forecast.reachedAt() == null ? 0 : 1;
        }
        System.out.printf("level series said to double within 90 days: %d of 40%n", said);
        assertThat(said).isLessThanOrEqualTo(2);
    }

    @Test
    void twoWeeksGiveALine() {
        Forecast forecast = growth.towards(series(day -> 10 + day, 14), 30.0, "note");
        assertThat(forecast.reachedAt()).isEqualTo(START.plus(Duration.ofDays(20)));
        assertThat(forecast.why()).contains("straight line", "14 days", "note");
        assertThat(forecast.growthPerDay()).isEqualTo(1.0);
    }

    @Test
    void noFurtherThanTheHistoryIsLong() {
        Forecast forecast = growth.towards(series(day -> 10 + day, 14), 100.0, "");
        assertThat(forecast.reachedAt()).isNull();
        assertThat(forecast.why()).contains("not expected within the 14 days");
    }

    @Test
    void fewDaysGiveNoForecastAndNoneGiveNoFigure() {
        assertThat(growth.towards(series(day -> 10 + day, 7), 30.0, "").why()).contains("too few");
        Forecast none = growth.towards(new TimeSeries(new ArrayList<>()), 30.0, "");
        assertThat(none.now()).isNull();
        assertThat(none.reachedAt()).isNull();
    }

    @Test
    void whatIsReachedIsSaidToBe() {
        Forecast forecast = growth.towards(series(day -> 10 + day, 5), 14.0, "");
        assertThat(forecast.reachedAt()).isEqualTo(START.plus(Duration.ofDays(4)));
        assertThat(forecast.now()).isEqualTo(14);
    }

    private static int firstDay(IntToDoubleFunction figure, double limit) {
        int day = 0;
        while (figure.applyAsDouble(day) < limit) {
            day++;
        }
        return day;
    }

    private static TimeSeries series(IntToDoubleFunction figure, int days) {
        var points = new ArrayList<TimeSeries.Point>();
        for (int day = 0; day < days; day++) {
            points.add(new TimeSeries.Point(START.plus(Duration.ofDays(day)), figure.applyAsDouble(day)));
        }
        return new TimeSeries(points);
    }
}
