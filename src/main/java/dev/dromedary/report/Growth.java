package dev.dromedary.report;

import dev.dromedary.forecast.Band;
import dev.dromedary.forecast.HoltWinters;
import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.forecast.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts a figure of days: its growth and its week by Holt and Winters from three weeks on, before that a straight line from eight days on. A limit counts as
 * reached on the first day whose expected value, or bound of the interval, is there. A forecast looks ahead as far as the history reaches back,
 * at most {@link #FARTHEST}: what lies beyond is not said.
 */
final class Growth {
    static final int FEWEST_DAYS = 8;
    static final int WEEKS_FROM = 21;
    static final int FARTHEST = 180;
    private static final int WEEK = 7;
    private static final double CONFIDENCE = 0.95;
    private static final double LEVEL = 0.01;
    private static final Duration DAY = Duration.ofDays(1);

    private final String subject;
    private final String metric;
    private final String unit;

    Growth(String subject, String metric, String unit) {
        this.subject = subject;
        this.metric = metric;
        this.unit = unit;
    }

    /**
     * @param days  the figure of each day that is known
     * @param limit null where there is none
     * @param note  what the figure is, for {@code why}
     */
    Forecast towards(TimeSeries days, @Nullable Double limit, String note) {
        if (days.size() == 0) {
            return new Forecast(subject, metric, unit, null, limit, null, null, null, null, "no history of a whole day yet; " + note);
        }
        Instant week = days.last().minus(DAY.multipliedBy(WEEK - 1));
        double now = days.points().stream().filter(point -> !point.at().isBefore(week)).mapToDouble(TimeSeries.Point::value).max().orElseThrow();
        Optional<Trend> trend = Trend.of(days, CONFIDENCE);
        Double slope = trend.map(one -> one.slope() * DAY.toSeconds()).orElse(null);
        String read = days.size() + " day" + (days.size() == 1 ? "" : "s") + " of history";
        if (limit == null) {
            return new Forecast(subject, metric, unit, now, null, slope, null, null, null, read + "; " + note);
        }
        if (now >= limit) {
            Instant at = days.points().stream().filter(point -> !point.at().isBefore(week) && point.value() >= limit).findFirst().orElseThrow().at();
            return new Forecast(subject, metric, unit, now, limit, slope, at, at, at, "reached within the last week; " + read + "; " + note);
        }
        if (days.size() < FEWEST_DAYS || trend.isEmpty()) {
            return new Forecast(subject, metric, unit, now, limit, slope, null, null, null, read + ", too few to forecast from: at least " + FEWEST_DAYS + " are needed; " + note);
        }
        return days.size() >= WEEKS_FROM ? season(days, limit, now, trend.get(), read + ", growth and week by Holt and Winters; " + note)
                : line(days, limit, now, trend.get(), read + ", a straight line as they are less than three weeks; " + note);
    }

    private static int ahead(TimeSeries days) {
        return (int) Math.min(FARTHEST, Duration.between(days.first(), days.last()).toDays() + 1);
    }

    private Forecast season(TimeSeries days, double limit, double now, Trend trend, String why) {
        int steps = ahead(days);
        HoltWinters fitted = HoltWinters.fit(days, DAY, WEEK);
        List<Band> bands = fitted.ahead(steps, CONFIDENCE);
        return answer(limit, now, trend, first(fitted, bands, limit, 1), first(fitted, bands, limit, 2), first(fitted, bands, limit, 0), steps, why);
    }

    /** @param of 0 for the lower bound, 1 for what is expected, 2 for the upper bound */
    private static @Nullable Instant first(HoltWinters fitted, List<Band> bands, double limit, int of) {
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            if ((of == 0 ? band.lower() : of == 1 ? band.expected() : band.upper()) >= limit) {
                return fitted.at(i + 1);
            }
        }
        return null;
    }

    private Forecast line(TimeSeries days, double limit, double now, Trend trend, String why) {
        int steps = ahead(days);
        Instant end = days.last().plus(DAY.multipliedBy(steps));
        Optional<Trend.Crossing> crossing = trend.significant(LEVEL) ? trend.reaches(limit) : Optional.empty();
        return answer(limit, now, trend, crossing.map(one -> within(one.expected(), end)).orElse(null), crossing.map(one -> within(one.earliest(), end)).orElse(null),
                crossing.map(one -> within(one.latest(), end)).orElse(null), steps, why);
    }

    private static @Nullable Instant within(@Nullable Instant at, Instant end) {
        return at == null || at.isAfter(end) ? null : at;
    }

    private Forecast answer(double limit, double now, Trend trend, @Nullable Instant at, @Nullable Instant earliest, @Nullable Instant latest, int steps, String why) {
        String growth = trend.significant(LEVEL) ? "" : String.format(Locale.ROOT, "no steady growth (p %.2f); ", trend.p());
        String far = at == null ? "not expected within the " + steps + " days looked ahead; " : "";
        return new Forecast(subject, metric, unit, now, limit, trend.slope() * DAY.toSeconds(), at, earliest, latest, far + growth + why);
    }
}
