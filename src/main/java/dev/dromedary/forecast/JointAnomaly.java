package dev.dromedary.forecast;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.returntypes.DiVector;
import org.jspecify.annotations.Nullable;

/**
 * Tells a moment at which several figures together are unlike any before, though none of them may stand out: a random cut forest (Guha, Mishra, Roy and Schrijvers, 2016)
 * of {@value #TREES} trees that sample {@value #SAMPLES} moments each, with a fixed seed. The forest itself is not thread-safe, so that this takes a lock.
 */
public final class JointAnomaly {
    static final int TREES = 50;
    static final int SAMPLES = 256;
    private static final double FORGETS = 1.0 / SAMPLES;

    /** So many odd moments in a row are not learnt from, lest the second be no longer odd. If it goes on, it is what is usual now. */
    private static final int PASSED_OVER = 6;
    private static final double ODD = 5;

    private final RandomCutForest forest;
    private final int warmUp;
    private double mean;
    private double variance;
    private int passedOver;

    /**
     * @param score      of the forest: about 1 for what is usual
     * @param deviations by which the score is above those before
     * @param up         share of the score that each figure has by being higher than usual; all shares together make 1
     * @param down       the same by being lower
     */
    public record Verdict(double score, double deviations, double[] up, double[] down) {
    }

    /** @param warmUp moments that are only learnt from */
    public JointAnomaly(int figures, long seed, int warmUp) {
        this.warmUp = warmUp;
        this.forest = RandomCutForest.builder().dimensions(figures).numberOfTrees(TREES).sampleSize(SAMPLES).outputAfter(Math.max(32, warmUp / 2)).randomSeed(seed)
                .parallelExecutionEnabled(false).compact(true).build();
    }

    /** Judges a moment, then learns from it. Figures need no common unit, but should each vary by about one. @return null while it warms up */
    public synchronized @Nullable Verdict next(float[] figures) {
        Verdict verdict = null;
        if (forest.isOutputReady()) {
            double score = forest.getApproximateAnomalyScore(figures);
            if (forest.getTotalUpdates() >= warmUp) {
                double deviations = (score - mean) / Math.sqrt(Math.max(variance, 1e-4));
                verdict = deviations > 3 ? attributed(figures, score, deviations) : new Verdict(score, deviations, new double[figures.length], new double[figures.length]);
            }
            remember(score);
        }
        if (verdict == null || verdict.deviations() < ODD || ++passedOver > PASSED_OVER) {
            forest.update(figures);
            passedOver = 0;
        }
        return verdict;
    }

    private Verdict attributed(float[] figures, double score, double deviations) {
        DiVector parts = forest.getAnomalyAttribution(figures);
        double sum = Math.max(1e-9, parts.getHighLowSum());
        double[] up = parts.high.clone();
        double[] down = parts.low.clone();
        for (int i = 0; i < up.length; i++) {
            up[i] /= sum;
            down[i] /= sum;
        }
        return new Verdict(score, deviations, up, down);
    }

    /** One wild score must not hide the next, so that it counts for three deviations at most. */
    private void remember(double score) {
        if (mean == 0) {
            mean = score;
            variance = 0.01;
            return;
        }
        double difference = score - mean;
        double most = 3 * Math.sqrt(Math.max(variance, 1e-4));
        double bounded = Math.max(-most, Math.min(most, difference));
        mean += FORGETS * 2 * bounded;
        variance += FORGETS * 2 * (bounded * bounded - variance);
    }
}
