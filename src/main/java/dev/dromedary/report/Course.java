package dev.dromedary.report;

import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.forecast.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a figure went over a span. The direction does not depend on the unit: it is a trend only where the test of Mann and Kendall finds one at {@value #LEVEL} and
 * it comes to {@value #LEAST} per cent of the figure's own middle or more over the span. Steps are first joined to days, or to so many as make about 24: neighbours
 * resemble each other, which the test does not know.
 *
 * @param change of the whole span, in per cent of the middle; null where it is not known
 * @param p      how likely a trend at least this steady is by chance
 */
public record Course(Direction direction, @Nullable Double change, double slopePerDay, double p, int points, String why) {
    static final double LEVEL = 0.01;
    static final double LEAST = 5;
    private static final int FEWEST = 8;
    private static final int BLOCKS = 24;
    private static final double CONFIDENCE = 0.95;
    private static final Duration DAY = Duration.ofDays(1);
    private static final int DAYS_ENOUGH = 10;

    public enum Direction {
        INCREASING, DECREASING, STABLE, UNKNOWN;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Course of(Timeline timeline, Metric metric) {
        int block = block(timeline);
        var points = new ArrayList<TimeSeries.Point>();
        List<Step> steps = timeline.steps();
        for (int i = 0; i + block <= steps.size(); i += block) {
            List<Step> known = steps.subList(i, i + block).stream().filter(Step::known).toList();
            double value = metric.over(known);
            if (2 * known.size() >= block && Double.isFinite(value)) {
                points.add(new TimeSeries.Point(steps.get(i).at(), value));
            }
        }
        Duration of = timeline.length().multipliedBy(block);
        Optional<Trend> found = points.size() < FEWEST ? Optional.empty() : Trend.of(new TimeSeries(points), CONFIDENCE);
        return found.map(trend -> judged(trend, points, of)).orElseGet(
                () -> new Course(Direction.UNKNOWN, null, Double.NaN, 1, points.size(), points.size() + " values of " + text(of) + "; at least " + FEWEST + " are needed"));
    }

    /** Whole days where there are enough of them, so that the time of day is no trend. */
    private static int block(Timeline timeline) {
        Duration span = Duration.between(timeline.from(), timeline.to());
        int perDay = (int) Math.max(1, DAY.dividedBy(timeline.length()));
        return span.compareTo(DAY.multipliedBy(DAYS_ENOUGH)) >= 0 ? perDay : Math.max(1, (int) Math.ceil(timeline.steps().size() / (double) BLOCKS));
    }

    private static Course judged(Trend trend, List<TimeSeries.Point> points, Duration of) {
        double middle = points.stream().mapToDouble(point -> Math.abs(point.value())).sorted().skip(points.size() / 2).findFirst().orElse(0);
        double seconds = Duration.between(points.get(0).at(), points.get(points.size() - 1).at()).toSeconds();
        double change = middle == 0 ? trend.slope() == 0 ? 0 : Double.NaN : 100 * trend.slope() * seconds / middle;
        boolean counts = trend.significant(LEVEL) && (Double.isNaN(change) || Math.abs(change) >= LEAST);
        Direction direction = !counts || trend.slope() == 0 ? Direction.STABLE : trend.rises() ? Direction.INCREASING : Direction.DECREASING;
        String why = String.format(Locale.ROOT, "%d values of %s, p %s%s", points.size(), text(of), trend.p() < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", trend.p()),
                of.compareTo(DAY) >= 0 ? "" : "; shorter than 10 days, so that the time of day may be part of it");
        return new Course(direction, Double.isNaN(change) ? null : change, trend.slope() * DAY.toSeconds(), trend.p(), points.size(), why);
    }

    private static String text(Duration of) {
        return of.toMinutes() % 1440 == 0 ? of.toDays() + " d" : of.toMinutes() % 60 == 0 ? of.toHours() + " h" : of.toMinutes() + " min";
    }
}
