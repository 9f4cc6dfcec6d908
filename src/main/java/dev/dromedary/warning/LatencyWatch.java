package dev.dromedary.warning;

import dev.dromedary.warning.SeriesWindow.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.stat.descriptive.rank.Median;
import org.jspecify.annotations.Nullable;

/** Watches how long a provider takes to take a message. In logarithms, so that neither unit nor single slow replies matter. */
final class LatencyWatch {
    private static final int GROUP = 5;
    private static final int GAP = 30;
    private static final int FEWEST_GROUPS = 6;
    private static final int FEWEST_OF_GROUP = 10;
    private static final double NORMAL = 1.4826;
    private static final double DEVIATIONS = 6;
    private static final double LEAST_SPREAD = 0.05;
    private static final double FARTHEST = 8;
    private double usual = Double.NaN;
    private double spread = Double.NaN;
    private double limit = Double.POSITIVE_INFINITY;

    void learnUsual(SeriesWindow window) {
        List<Double> groups = new ArrayList<>();
        for (int to = GAP + 1; to + GROUP - 1 <= window.age(); to += GROUP) {
            if (window.sum(Figure.TIMED, to + GROUP - 1, to) >= FEWEST_OF_GROUP) {
                groups.add(window.logTook(to + GROUP - 1, to));
            }
        }
        if (groups.size() < FEWEST_GROUPS) {
            return;
        }
        usual = new Median().evaluate(groups.stream().mapToDouble(Double::doubleValue).toArray());
        spread = NORMAL * new Median().evaluate(groups.stream().mapToDouble(one -> Math.abs(one - usual)).toArray());
        limit = usual + Math.max(1, DEVIATIONS * spread);
    }

    /** How far the last so many minutes are from usual, in standard deviations; 0 while that is not known. */
    double deviation(SeriesWindow window, int minutes) {
        double off = (window.logTook(minutes, 1) - usual) / Math.max(LEAST_SPREAD, spread);
        return Double.isNaN(off) ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, off));
    }

    /** @return where the last three groups all took at least twice as long as usual, and longer than by chance */
    @Nullable Finding look(SeriesWindow window) {
        for (int to = 1; to <= 2 * GROUP + 1; to += GROUP) {
            if (window.sum(Figure.TIMED, to + GROUP - 1, to) < FEWEST_OF_GROUP || !(window.logTook(to + GROUP - 1, to) > limit)) {
                return null;
            }
        }
        long timed = window.sum(Figure.TIMED, RateWatch.RECENT, 1);
        double before = seconds(usual);
        return new Finding(WarningKind.LATENCY, false, timed, timed, before, null, String.format(Locale.ROOT,
                "a message takes %.3g s, usually %.3g s (%d accepted in %d minutes)", seconds(window.logTook(RateWatch.RECENT, 1)), before, timed, RateWatch.RECENT));
    }

    private static double seconds(double log) {
        return Math.pow(2, log) / 1e9;
    }
}
