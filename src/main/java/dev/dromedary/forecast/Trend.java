package dev.dromedary.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Where a series goes: the median of the slopes between all pairs of points (Theil 1950, Sen 1968), which a third of wild points does not move, with the
 * test of Mann (1945) and Kendall, ties considered. The test knows only the order of values, so that no choice of unit changes it.
 *
 * @param slope      of the series' unit a second
 * @param lowerSlope the slope is between this and {@code upperSlope} with the confidence asked for
 * @param level      of the fitted line at the last point
 * @param at         the last point
 * @param p          how likely a trend at least this steady is where there is none, two-sided; 1 where there are too few points to say
 */
public record Trend(double slope, double lowerSlope, double upperSlope, double level, Instant at, double p) {
    /** More pairs than these two million make no better slope. */
    private static final int MOST = 2_000;
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /**
     * When a value is reached, if it all goes on.
     *
     * @param latest null where it may never be
     */
    public record Crossing(Instant earliest, Instant expected, @Nullable Instant latest) {
    }

    /**
     * @param confidence of the slope's interval, such as 0.95
     * @return empty of fewer than three points, or where all are of one moment
     */
    public static Optional<Trend> of(TimeSeries whole, double confidence) {
        TimeSeries series = whole.size() <= MOST ? whole : new TimeSeries(whole.points().subList(whole.size() - MOST, whole.size()));
        int n = series.size();
        double[] t = series.seconds();
        double[] y = series.values();
        double[] slopes = new double[n * Math.max(0, n - 1) / 2];
        int count = 0;
        long s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (t[j] > t[i]) {
                    slopes[count++] = (y[j] - y[i]) / (t[j] - t[i]);
                    s += (long) Math.signum(y[j] - y[i]);
                }
            }
        }
        if (n < 3 || count == 0) {
            return Optional.empty();
        }
        double[] sorted = Arrays.copyOf(slopes, count);
        Arrays.sort(sorted);
        double deviation = Math.sqrt(variance(y));
        double z = NORMAL.inverseCumulativeProbability((1 + confidence) / 2) * deviation;
        double slope = median(sorted);
        double[] rest = new double[n];
        for (int i = 0; i < n; i++) {
            rest[i] = y[i] - slope * (t[i] - t[n - 1]);
        }
        Arrays.sort(rest);
        return Optional.of(new Trend(slope, ranked(sorted, (count - z) / 2 - 1), ranked(sorted, (count + z) / 2), median(rest), series.last(), p(s, deviation)));
    }

    /** Whether it goes anywhere. @param level of the test, such as 0.01 */
    public boolean significant(double level) {
        return p < level;
    }

    public boolean rises() {
        return slope > 0;
    }

    /** @return empty where the trend leads away from it; the last point's own time where it is there already */
    public Optional<Crossing> reaches(double threshold) {
        double missing = threshold - level;
        if (missing == 0) {
            return Optional.of(new Crossing(at, at, at));
        }
        if (missing * slope <= 0) {
            return Optional.empty();
        }
        double fast = missing > 0 ? upperSlope : lowerSlope;
        double slow = missing > 0 ? lowerSlope : upperSlope;
        Instant latest = slow * missing > 0 ? after(missing / slow) : null;
        return Optional.of(new Crossing(after(missing / fast), after(missing / slope), latest));
    }

    /** A century is as good as never, and an Instant cannot hold for ever. */
    private Instant after(double seconds) {
        return at.plus(Duration.ofMillis((long) (Math.min(seconds, 100 * 365.25 * 86_400) * 1_000)));
    }

    private static double p(long s, double deviation) {
        if (deviation == 0 || s == 0) {
            return 1;
        }
        double z = (Math.abs(s) - 1) / deviation;
        return Math.min(1, 2 * NORMAL.cumulativeProbability(-z));
    }

    private static double variance(double[] values) {
        double n = values.length;
        double variance = n * (n - 1) * (2 * n + 5);
        Map<Double, Integer> ties = new HashMap<>();
        for (double value : values) {
            ties.merge(value, 1, Integer::sum);
        }
        for (double tie : ties.values()) {
            variance -= tie * (tie - 1) * (2 * tie + 5);
        }
        return Math.max(0, variance) / 18;
    }

    private static double ranked(double[] sorted, double rank) {
        return sorted[(int) Math.max(0, Math.min(sorted.length - 1, Math.round(rank)))];
    }

    static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
