package dev.dromedary.warning;

import dev.dromedary.forecast.JointAnomaly;
import dev.dromedary.warning.SeriesWindow.Figure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The joint picture of a series: deferrals, blocks, bounces, latency and volume of five minutes, each as how far it is from what is usual in its own
 * standard deviations, so that neither unit nor volume matters. Not thread-safe.
 */
final class JointWatch {
    static final int GROUP = 5;
    /** Ten hours of groups, so that a forest has seen more than one time of day. */
    private static final int WARM_UP = 120;
    private static final int LEAST_ATTEMPTS = 20;
    private static final int VOLUME = 4;
    private static final double DEVIATIONS = 5;
    private static final double HARMFUL = 0.5;
    private static final String[] NAMES = {"deferrals", "blocks", "hard bounces", "latency"};

    private final JointAnomaly forest;
    private double meanVolume = Double.NaN;
    private int inARow;

    JointWatch(long seed) {
        forest = new JointAnomaly(VOLUME + 1, seed, WARM_UP);
    }

    /** Five minutes have ended. @param latency in standard deviations from the usual @return after two such moments in a row that are worse than usual rather than better */
    @Nullable Finding look(SeriesWindow window, double usualDeferred, double usualBlocked, double usualBounced, double latency) {
        long total = window.sum(Figure.ATTEMPTS, GROUP, 1);
        if (total < LEAST_ATTEMPTS) {
            inARow = 0;
            return null;
        }
        meanVolume = Double.isNaN(meanVolume) ? total : meanVolume + 0.05 * (total - meanVolume);
        float[] figures = {
            surplus(window.sum(Figure.DEFERRED, GROUP, 1), total * usualDeferred), surplus(window.sum(Figure.BLOCKED, GROUP, 1), total * usualBlocked),
            surplus(window.sum(Figure.BOUNCED, GROUP, 1), total * usualBounced),
            (float) latency, (float) (2 * Math.log(total / meanVolume))};
        JointAnomaly.Verdict verdict = forest.next(figures);
        if (verdict == null || verdict.deviations() < DEVIATIONS || harm(verdict) < HARMFUL || worst(figures) < 2) {
            inARow = 0;
            return null;
        }
        inARow++;
        return inARow < 2 ? null : finding(window, verdict);
    }

    /** A Poisson count as a normal deviate (F. J. Anscombe, 1948). */
    private static float surplus(long count, double expected) {
        return (float) (2 * (Math.sqrt(count + 0.375) - Math.sqrt(expected + 0.375)));
    }

    private static double harm(JointAnomaly.Verdict verdict) {
        double harm = 0;
        for (int i = 0; i < VOLUME; i++) {
            harm += verdict.up()[i];
        }
        return harm;
    }

    private static float worst(float[] figures) {
        float worst = 0;
        for (int i = 0; i < VOLUME; i++) {
            worst = Math.max(worst, figures[i]);
        }
        return worst;
    }

    private static Finding finding(SeriesWindow window, JointAnomaly.Verdict verdict) {
        int most = 0;
        for (int i = 1; i < VOLUME; i++) {
            most = verdict.up()[i] > verdict.up()[most] ? i : most;
        }
        long bad = 0;
        for (Figure figure : new Figure[] {Figure.DEFERRED, Figure.BLOCKED, Figure.BOUNCED}) {
            bad += window.sum(figure, RateWatch.RECENT, 1);
        }
        return new Finding(WarningKind.JOINT_ANOMALY, false, bad, window.sum(Figure.ATTEMPTS, RateWatch.RECENT, 1), Double.NaN, null, String.format(Locale.ROOT,
                "deferrals, blocks, bounces, latency and volume together are unlike before (score %.1f, %.0f deviations above the usual), most of all in %s (%.0f %%)",
                verdict.score(), verdict.deviations(), NAMES[most], 100 * verdict.up()[most]));
    }
}
