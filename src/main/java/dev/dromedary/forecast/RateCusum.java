package dev.dromedary.forecast;

/**
 * Sees a share rise from what is usual to what is bad: the sum of log-likelihood ratios of a binomial, never below zero (Page 1954). Where nothing has
 * changed, it passes its limit h after at least e^h looks on average, whatever the volume (Lorden 1971); so h = ln(looks a day / false alarms a day).
 * Not thread-safe.
 */
public final class RateCusum {
    /** How far above the limit it may climb, so that it comes down again in time. */
    private static final double CAP = 1.5;

    private final double limit;
    private double sum;

    /** @param runLength looks, on average, until a false alarm: more than 1 */
    public RateCusum(double runLength) {
        if (!(runLength > 1)) {
            throw new IllegalArgumentException("run length " + runLength);
        }
        this.limit = Math.log(runLength);
    }

    /**
     * @param usual      share, above 0
     * @param bad        share, above usual and below 1
     * @param dispersion how many times a binomial's the variance is, at least 1: mail goes in bursts
     */
    public void add(long count, long total, double usual, double bad, double dispersion) {
        if (total == 0) {
            return;
        }
        double gain = count * Math.log(bad / usual) + (total - count) * Math.log((1 - bad) / (1 - usual));
        sum = Math.max(0, Math.min(limit * CAP, sum + gain / Math.max(1, dispersion)));
    }

    public boolean alarm() {
        return sum >= limit;
    }

    /** Whether it has come no further down than half of its limit. */
    public boolean high() {
        return sum >= limit / 2;
    }

    public void reset() {
        sum = 0;
    }

    /** From 0; 1 is the limit. */
    public double level() {
        return sum / limit;
    }
}
