package dev.dromedary.forecast;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a series usually is at an hour of the week: the median of that hour's values, and around it so many of their median absolute deviations,
 * times 1.4826 to match a normal distribution's standard deviation. An hour of two or fewer values borrows those of the same hour of other days.
 */
public final class HourOfWeek {
    private static final int HOURS = 168;
    private static final int DAY = 24;
    private static final double NORMAL = 1.4826;
    private static final int ENOUGH = 3;

    private final ZoneId zone;
    private final List<List<Double>> hours = new ArrayList<>(HOURS);

    private HourOfWeek(ZoneId zone) {
        this.zone = zone;
        for (int i = 0; i < HOURS; i++) {
            hours.add(new ArrayList<>());
        }
    }

    /** @param zone whose hours they are */
    public static HourOfWeek of(TimeSeries series, ZoneId zone) {
        var profile = new HourOfWeek(zone);
        series.points().forEach(point -> profile.hours.get(profile.hour(point.at())).add(point.value()));
        return profile;
    }

    /** @param deviations how wide the band is. @return empty where that hour was never seen */
    public Optional<Band> at(Instant moment, double deviations) {
        int hour = hour(moment);
        List<Double> seen = hours.get(hour).size() >= ENOUGH ? hours.get(hour) : sameHourOfAllDays(hour);
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        double[] values = sorted(seen.stream().mapToDouble(Double::doubleValue).toArray());
        double median = Trend.median(values);
        double spread = NORMAL * Trend.median(sorted(Arrays.stream(values).map(value -> Math.abs(value - median)).toArray()));
        return Optional.of(new Band(median - deviations * spread, median, median + deviations * spread));
    }

    private List<Double> sameHourOfAllDays(int hour) {
        var all = new ArrayList<Double>();
        for (int i = hour % DAY; i < HOURS; i += DAY) {
            all.addAll(hours.get(i));
        }
        return all;
    }

    private int hour(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return (local.getDayOfWeek().getValue() - 1) * DAY + local.getHour();
    }

    private static double[] sorted(double[] values) {
        Arrays.sort(values);
        return values;
    }
}
