package dev.dromedary.pace;

import java.util.concurrent.TimeUnit;

/**
 * What a provider takes of a pool, as learned from being told to stop: it lies between the pace that was taken for five minutes and the pace at which it said so.
 * A stop costs ten minutes to hours of sending, many times what a faster pace gains, so that the search between the two is a cautious one (binary increase as of
 * BIC, Xu, Harfoush and Rhee, 2004, with the cost of a loss taken into account): where both are close, the pace stays just below what was taken. Up to just below
 * the pace of the stop it is raised by a tenth at a time; that pace itself is tried again after {@value #COST} times as long as the stop took, and after each stop half as often.
 * Once beyond it, the limit is evidently another, and the steps come sooner and grow.
 * Nothing is raised that is not used: a limit proves nothing where little is sent (congestion window validation, RFC 7661).
 *
 * <p>Safe for use by many threads; asking takes no lock.
 */
final class StopLimit {
    private static final long SLOT = TimeUnit.SECONDS.toNanos(10);
    private static final long SUSTAINED = TimeUnit.MINUTES.toNanos(5);
    private static final long FORGOTTEN = TimeUnit.DAYS.toNanos(7);
    private static final long MOST_PATIENCE = TimeUnit.HOURS.toNanos(24);
    private static final double SURELY_BELOW = 0.95;
    private static final double BELOW_A_STOP = 0.7;
    /** What was taken before tells the limit only where it is at least this share of the pace at the stop. */
    private static final double CLOSE = 0.5;
    private static final double MORE = 1.1;
    private static final double MOST_MORE = 1.5;
    /** What was not stopped beyond the pace of the last stop is raised so much sooner: that limit is gone. */
    private static final int SOONER = 4;
    /** A limit is used where so much of it is sent. */
    private static final double USED = 0.8;
    private static final int COST = 6;
    /** What stopped us at a pace long left behind is over. */
    private static final double OUTGROWN = 4;

    private final double hard;
    private final double floor;
    private final long probeEvery;
    private boolean counting;
    private long slotAt;
    private int slot;
    private double slotBefore;
    private long windowAt;
    private int window;
    private double sustained;
    private double stopPace;
    private long stoppedAt;
    private long raisedAt;
    private long patience;
    private boolean used;
    private double more = MORE;
    private volatile double limit = Double.POSITIVE_INFINITY;

    /**
     * @param hard       messages a second that the configuration allows; infinite where it says nothing
     * @param floor      messages a second that are always tried
     * @param probeEvery nanoseconds from one raise to the next at the least
     */
    StopLimit(double hard, double floor, long probeEvery) {
        this.hard = hard;
        this.floor = Math.min(floor, hard);
        this.probeEvery = probeEvery;
    }

    /** Messages a second; infinite where nothing was learned. */
    double limit() {
        return limit;
    }

    /** An attempt has ended. @param now in nanoseconds */
    synchronized void attempted(boolean taken, long now) {
        if (!counting) {
            counting = true;
            slotAt = now;
            windowAt = now;
            slot = 0;
            slotBefore = 0;
            window = 0;
        }
        if (now - slotAt >= SLOT) {
            slotBefore = now - slotAt >= 2 * SLOT ? 0 : slot / seconds(slotAt, now);
            slot = 0;
            slotAt = now;
        }
        slot++;
        if (now - windowAt >= SUSTAINED) {
            double rate = window / seconds(windowAt, now);
            sustained = Math.max(sustained, rate);
            used |= rate >= USED * limit;
            window = 0;
            windowAt = now;
        }
        window += taken ? 1 : 0;
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    /** The provider said to stop. @param cost for how long, in nanoseconds. @param now in nanoseconds. @return messages a second at which it did */
    synchronized double stopped(long cost, long now) {
        double pace = counting ? Math.max(slotBefore, slot / Math.max(SLOT / 1e9, seconds(slotAt, now))) : floor;
        // A limit that lies below what was taken before is a new one.
        double before = sustained >= pace ? 0 : sustained;
        double next = before >= CLOSE * pace ? SURELY_BELOW * before : BELOW_A_STOP * pace;
        long usual = Math.max(probeEvery, COST * cost);
        patience = Math.min(Math.max(MOST_PATIENCE, usual), Math.max(usual, Double.isInfinite(limit) ? 0 : 2 * patience));
        limit = Math.max(floor, Math.min(hard, next));
        stopPace = Math.max(pace, limit);
        sustained = Math.min(before, limit);
        stoppedAt = now;
        raisedAt = now;
        used = false;
        more = MORE;
        counting = false;
        return pace;
    }

    /** Raises it where it is time to. */
    synchronized void beat(long now) {
        boolean beyond = limit > stopPace;
        if (Double.isInfinite(limit) || now - raisedAt < (beyond ? probeEvery / SOONER : probeEvery)) {
            return;
        }
        if (now - stoppedAt >= FORGOTTEN && !used || limit >= hard || limit >= OUTGROWN * stopPace) {
            forget();
            return;
        }
        double most = now - stoppedAt >= patience ? hard : SURELY_BELOW * stopPace;
        if (used && limit < most) {
            more = beyond ? Math.min(MOST_MORE, 1 + 2 * (more - 1)) : MORE;
            raisedAt = now;
            used = false;
            limit = Math.min(most, more * limit);
        }
    }

    private void forget() {
        limit = Double.POSITIVE_INFINITY;
        sustained = 0;
        patience = 0;
        used = false;
    }
}
