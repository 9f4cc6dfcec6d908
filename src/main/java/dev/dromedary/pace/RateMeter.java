package dev.dromedary.pace;

/**
 * How many a second there have been lately: a count that halves every minute, put right for the time before the first one.
 *
 * <p>Not thread safe; guarded by its owner.
 */
public final class RateMeter {
    private static final double HALF_LIFE_SECONDS = 60;
    private static final double DECAY = Math.log(2) / HALF_LIFE_SECONDS;
    /** Less time than this says nothing about a rate. */
    private static final double SHORTEST_SECONDS = 1;

    private final Ticker ticker;
    private double count;
    private long at;
    private long first;
    private boolean any;

    public RateMeter(Ticker ticker) {
        this.ticker = ticker;
    }

    public void count() {
        long now = ticker.nanos();
        if (!any) {
            any = true;
            first = now;
            at = now;
        }
        count = count * Math.exp(-DECAY * seconds(at, now)) + 1;
        at = now;
    }

    /** {@code NaN} where nothing was ever counted. */
    public double perSecond() {
        if (!any) {
            return Double.NaN;
        }
        long now = ticker.nanos();
        double known = Math.max(SHORTEST_SECONDS, seconds(first, now));
        return count * Math.exp(-DECAY * seconds(at, now)) * DECAY / -Math.expm1(-DECAY * known);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
