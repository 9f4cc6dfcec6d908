package dev.dromedary.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Level, slope and season of a series in equal steps, each smoothed exponentially (Holt 1957, Winters 1960; additive, in the error-correction form of Hyndman
 * and Athanasopoulos, "Forecasting: Principles and Practice", 8.3 and 8.6). A step with no value is passed over: level goes on by its slope. A step with
 * several has their mean. The three weights are those of a grid that would have forecast the series best, one step ahead. Immutable once fitted.
 */
public final class HoltWinters {
    private static final double[] LEVEL = {0.02, 0.05, 0.1, 0.2, 0.4, 0.7};
    private static final double[] SLOPE = {0, 0.005, 0.02, 0.1};
    private static final double[] SEASON = {0.02, 0.1, 0.25, 0.5};
    private static final int MOST_STEPS = 100_000;

    private final Instant start;
    private final Duration step;
    private final double[] values;
    private final double alpha;
    private final double beta;
    private final double gamma;
    private double level;
    private double slope;
    private final double[] season;
    private double squares;
    private int known;

    private HoltWinters(Instant start, Duration step, double[] values, int period, double alpha, double beta, double gamma) {
        this.start = start;
        this.step = step;
        this.values = values;
        this.alpha = alpha;
        this.beta = beta;
        this.gamma = gamma;
        this.season = new double[period];
        begin(period);
        run();
    }

    /**
     * @param step   of the series, such as an hour
     * @param period steps of one season: 24 for days of hours, 168 for weeks of hours
     * @throws IllegalArgumentException of less than two seasons
     */
    public static HoltWinters fit(TimeSeries series, Duration step, int period) {
        double[] values = series.size() == 0 ? new double[0] : stepped(series, step);
        if (values.length < 2 * period) {
            throw new IllegalArgumentException(values.length + " steps; a season of " + period + " needs at least " + 2 * period);
        }
        HoltWinters best = null;
        for (double alpha : LEVEL) {
            for (double beta : SLOPE) {
                for (double gamma : SEASON) {
                    var one = new HoltWinters(series.first(), step, values, period, alpha, beta, gamma);
                    best = best == null || one.squares < best.squares ? one : best;
                }
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    private static double[] stepped(TimeSeries series, Duration step) {
        long steps = Duration.between(series.first(), series.last()).dividedBy(step) + 1;
        if (steps > MOST_STEPS) {
            throw new IllegalArgumentException(steps + " steps of " + step + "; take longer steps or less of the series");
        }
        double[] sums = new double[(int) steps];
        int[] counts = new int[(int) steps];
        series.points().forEach(point -> {
            int at = (int) Duration.between(series.first(), point.at()).dividedBy(step);
            sums[at] += point.value();
            counts[at]++;
        });
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
        }
        return sums;
    }

    /** Level and slope from the means of the first two seasons, the season from what the first two differ from theirs. */
    private void begin(int period) {
        double first = mean(0, period);
        double second = mean(period, 2 * period);
        slope = Double.isNaN(second - first) ? 0 : (second - first) / period;
        level = Double.isNaN(first) ? Double.isNaN(second) ? 0 : second : first;
        double middle = (period - 1) / 2.0;
        for (int i = 0; i < period; i++) {
            double one = values[i] - (level + slope * (i - middle));
            double other = values[period + i] - (level + slope * (period + i - middle));
            double mean = Double.isNaN(one) ? other : Double.isNaN(other) ? one : (one + other) / 2;
            season[i] = Double.isNaN(mean) ? 0 : mean;
        }
        level -= slope * (middle + 1);
    }

    private double mean(int from, int to) {
        double sum = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private void run() {
        for (int i = 0; i < values.length; i++) {
            double before = level + slope;
            int phase = i % season.length;
            level = before;
            if (Double.isNaN(values[i])) {
                continue;
            }
            double error = values[i] - before - season[phase];
            level += alpha * error;
            slope += alpha * beta * error;
            season[phase] += gamma * (1 - alpha) * error;
            squares += error * error;
            known++;
        }
    }

    /**
     * @param steps      ahead of the last value, from 1
     * @param confidence of each band, such as 0.95
     */
    public List<Band> ahead(int steps, double confidence) {
        double z = new NormalDistribution().inverseCumulativeProbability((1 + confidence) / 2);
        double variance = squares / Math.max(1, known - 3);
        double spread = 1;
        var out = new ArrayList<Band>(steps);
        for (int h = 1; h <= steps; h++) {
            double expected = level + h * slope + season[(values.length + h - 1) % season.length];
            double half = z * Math.sqrt(variance * spread);
            out.add(new Band(expected - half, expected, expected + half));
            double weight = alpha * (1 + h * beta) + (h % season.length == 0 ? gamma * (1 - alpha) : 0);
            spread += weight * weight;
        }
        return List.copyOf(out);
    }

    /** The beginning of the step so many ahead, from 1. */
    public Instant at(int ahead) {
        return start.plus(step.multipliedBy(values.length + ahead - 1L));
    }

    /** Of the errors one step ahead, in the series' unit. */
    public double deviation() {
        return Math.sqrt(squares / Math.max(1, known - 3));
    }
}
