package dev.dromedary.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VolumeForecastTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void anHourOfTheWeekIsTheMedianOfItsValuesSoThatOneCampaignDoesNotCount() {
        var points = new ArrayList<TimeSeries.Point>();
        for (int week = 0; week < 6; week++) {
            points.add(new TimeSeries.Point(MONDAY.plus(Duration.ofDays(7L * week)).plus(HOUR.multipliedBy(9)), week == 3 ? 50_000 : 1_000 + 10 * week));
        }
        HourOfWeek profile = HourOfWeek.of(new TimeSeries(points), ZoneOffset.UTC);
        Band band = profile.at(MONDAY.plus(HOUR.multipliedBy(9)).plusSeconds(600), 4).orElseThrow();

        assertThat(band.expected()).isBetween(1_000.0, 1_050.0);
        assertThat(band.holds(1_060)).isTrue();
        assertThat(band.holds(2_000)).isFalse();
        assertThat(profile.at(MONDAY.plus(Duration.ofDays(1)).plus(HOUR.multipliedBy(9)), 4)).as("borrowed from Monday").isPresent();
        assertThat(profile.at(MONDAY, 4)).isEmpty();
    }

    @Test
    void aDailySeasonWithGapsIsForecastWithinItsBandAboutAsOftenAsItSays() {
        Random random = new Random(5);
        var points = new ArrayList<TimeSeries.Point>();
        for (int i = 0; i < 24 * 21; i++) {
            if (random.nextInt(10) > 0 || i == 0) {
                points.add(new TimeSeries.Point(MONDAY.plus(HOUR.multipliedBy(i)), shape(i) + 20 * random.nextGaussian()));
            }
        }
        HoltWinters fitted = HoltWinters.fit(new TimeSeries(points), HOUR, 24);
        List<Band> ahead = fitted.ahead(72, 0.95);
        int inside = 0;
        for (int h = 1; h <= 72; h++) {
            int i = (int) Duration.between(MONDAY, fitted.at(h)).toHours();
            inside += ahead.get(h - 1).holds(shape(i) + 20 * random.nextGaussian()) ? 1 : 0;
            assertThat(ahead.get(h - 1).expected()).isCloseTo(shape(i), within(60.0));
        }
        assertThat(inside).isBetween(62, 72);
        assertThat(fitted.deviation()).isBetween(18.0, 32.0);
        assertThat(ahead.get(71).upper() - ahead.get(71).lower()).isGreaterThan(ahead.get(0).upper() - ahead.get(0).lower());
    }

    @Test
    void lessThanTwoSeasonsAreRefused() {
        var short_ = new TimeSeries(List.of(new TimeSeries.Point(MONDAY, 1), new TimeSeries.Point(MONDAY.plus(HOUR), 2)));
        assertThatThrownBy(() -> HoltWinters.fit(short_, HOUR, 24)).hasMessageContaining("2 steps");
        assertThatThrownBy(() -> HoltWinters.fit(new TimeSeries(List.of()), HOUR, 24)).hasMessageContaining("0 steps");
    }

    private static double shape(int hour) {
        return 1_000 + 400 * Math.sin(hour % 24 * Math.PI / 12) + 0.5 * hour;
    }
}
