package dev.dromedary.warning;

import dev.dromedary.forecast.Proportion;
import dev.dromedary.forecast.RateCusum;
import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.forecast.Trend;
import dev.dromedary.warning.SeriesWindow.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches one share of a series, such as that of deferrals, for a rise. Not thread-safe. */
final class RateWatch {
    /** Minutes together, for trend and dispersion. */
    private static final int GROUP = 5;
    /** Minutes of the latest attempts that are shown and have to bear a warning out. */
    static final int RECENT = 15;
    /** Minutes before the present that are no part of what is usual, as a decline may have begun. */
    private static final int GAP = 30;
    private static final int TREND = 90;
    private static final int FEWEST_GROUPS = 10;
    private static final int FEWEST_OF_GROUP = 20;
    private static final double SURE = 0.999;
    private static final double TREND_LEVEL = 1e-3;
    /** What is thought of a series of which nothing is known, and the number of attempts that this counts for. */
    private static final double PRIOR = 0.01;
    private static final double PRIOR_WEIGHT = 50;
    private static final double MOST_DISPERSION = 25;
    /** Where counts are too small to tell: bursts matter little among few. */
    private static final double FEW_DISPERSION = 1.2;

    private final Figure figure;
    private final double threshold;
    /** For a share that doubles, and for one that becomes four times as large: neither sees the other's case soon. */
    private final RateCusum doubled;
    private final RateCusum fourfold;
    private double usual = Double.NaN;
    private double bad;
    private double dispersion = 1;

    /** @param threshold share from which a provider is taken to block; @param runLength looks until a false alarm */
    RateWatch(Figure figure, double threshold, double runLength) {
        this.figure = figure;
        this.threshold = threshold;
        this.doubled = new RateCusum(2 * runLength);
        this.fourfold = new RateCusum(2 * runLength);
    }

    /** Looks at what is usual anew; not to be called while a warning is young, lest the decline become usual. */
    void learnUsual(SeriesWindow window) {
        long total = window.sum(Figure.ATTEMPTS, Integer.MAX_VALUE, GAP + 1);
        long count = window.sum(figure, Integer.MAX_VALUE, GAP + 1);
        double weight = total + PRIOR_WEIGHT;
        double mean = (count + PRIOR * PRIOR_WEIGHT) / weight;
        dispersion = dispersion(window, mean);
        // Above the mean by two deviations, so that luck with few attempts makes no alarm.
        usual = Math.min(0.9, mean + 2 * Math.sqrt(mean * (1 - mean) * dispersion / weight));
        bad = Math.min(0.95, Math.max(2 * usual, usual + 0.02));
    }

    /** How much more the counts of groups vary than those of a binomial: the mean of their squared standard deviates. */
    private double dispersion(SeriesWindow window, double mean) {
        double squares = 0;
        int groups = 0;
        for (int to = GAP + 1; to + GROUP - 1 <= window.age(); to += GROUP) {
            long total = window.sum(Figure.ATTEMPTS, to + GROUP - 1, to);
            double variance = total * mean * (1 - mean);
            if (variance > 0.5) {
                double off = window.sum(figure, to + GROUP - 1, to) - total * mean;
                squares += off * off / variance;
                groups++;
            }
        }
        return groups < 4 ? FEW_DISPERSION : Math.max(1, Math.min(MOST_DISPERSION, squares / (groups - 1)));
    }

    boolean knowsUsual() {
        return !Double.isNaN(usual);
    }

    double usual() {
        return usual;
    }

    /** A minute has ended. @return null where all is as usual */
    @Nullable Finding look(SeriesWindow window, Instant now, WarningKind kind, boolean warned, java.time.Duration horizon) {
        long count = window.sum(figure, 1, 1);
        long total = window.sum(Figure.ATTEMPTS, 1, 1);
        doubled.add(count, total, usual, bad, dispersion);
        fourfold.add(count, total, usual, Math.min(0.95, Math.max(4 * usual, usual + 0.05)), dispersion);
        if (!(warned ? doubled.high() || fourfold.high() : doubled.alarm() || fourfold.alarm())) {
            return null;
        }
        Proportion recent = recent(window);
        if (recent.total() == 0 || recent.share() < (usual + bad) / 2) {
            return null;
        }
        Trend.Crossing crossing = trend(window, now).flatMap(trend -> trend.reaches(threshold)).orElse(null);
        boolean soon = crossing != null && crossing.expected().isBefore(now.plus(horizon.dividedBy(3)));
        return new Finding(kind, recent.share() >= threshold / 2 || soon, recent.count(), recent.total(), usual, crossing, text(recent, crossing, now));
    }

    /** @return where a steady rise reaches the threshold within the horizon, and the latest attempts bear it out */
    @Nullable Finding lookAhead(SeriesWindow window, Instant now, java.time.Duration horizon) {
        Proportion recent = recent(window);
        if (recent.count() == 0 || recent.lower(SURE) <= usual || recent.share() < usual + (bad - usual) / 4) {
            return null;
        }
        Optional<Trend> trend = trend(window, now).filter(one -> one.rises() && one.significant(TREND_LEVEL));
        Trend.Crossing crossing = trend.flatMap(one -> one.reaches(threshold)).orElse(null);
        if (crossing == null || crossing.expected().isAfter(now.plus(horizon))) {
            return null;
        }
        return new Finding(WarningKind.TIME_TO_THRESHOLD, crossing.expected().isBefore(now.plus(horizon.dividedBy(3))), recent.count(), recent.total(), usual, crossing,
                text(recent, crossing, now));
    }

    private Proportion recent(SeriesWindow window) {
        return new Proportion(Math.min(window.sum(figure, RECENT, 1), window.sum(Figure.ATTEMPTS, RECENT, 1)), window.sum(Figure.ATTEMPTS, RECENT, 1));
    }

    private Optional<Trend> trend(SeriesWindow window, Instant now) {
        var points = new ArrayList<TimeSeries.Point>(TREND / GROUP);
        for (int to = 1; to + GROUP - 1 <= Math.min(TREND, window.age()); to += GROUP) {
            long total = window.sum(Figure.ATTEMPTS, to + GROUP - 1, to);
            if (total >= FEWEST_OF_GROUP) {
                points.add(new TimeSeries.Point(now.minusSeconds((to - 1) * 60L), (double) window.sum(figure, to + GROUP - 1, to) / total));
            }
        }
        return points.size() < FEWEST_GROUPS ? Optional.empty() : Trend.of(new TimeSeries(points), 0.9).filter(one -> one.significant(0.01));
    }

    private String text(Proportion recent, Trend.@Nullable Crossing crossing, Instant now) {
        String reached = crossing == null ? "" : crossing.expected().isAfter(now)
                ? String.format(Locale.ROOT, "; at this pace %.0f %% are reached in %d minutes", 100 * threshold, java.time.Duration.between(now, crossing.expected()).toMinutes())
                : String.format(Locale.ROOT, "; %.0f %% are reached", 100 * threshold);
        return String.format(Locale.ROOT, "%d of %d %s (%.1f %%) in %d minutes, usually at most %.1f %%%s", recent.count(), recent.total(),
                figure == Figure.DEFERRED ? "put off" : "refused for the pool's sake or as spam", 100 * recent.share(), RECENT, 100 * usual, reached);
    }
}
