package dev.dromedary.pool;

import dev.dromedary.config.ChoiceSettings;
import dev.dromedary.pace.Ticker;

/**
 * What a conversation of one pool with one provider has lately cost: a peak EWMA of its length (as in Twitter's Finagle: a longer one counts at once, shorter
 * ones bring it down by and by), and for the share of failures what those cost, so that a server that refuses quickly does not look attractive. What
 * is not heard of any more fades, so that a pool that was slow is tried again. Guarded by the lock of its owner.
 */
final class ConversationCost {
    /** Or else conversations that end at the same time would count as nothing. */
    private static final double MOST_OLD = 0.999;

    private final double decay;
    private final double failureSeconds;
    private final Ticker ticker;
    private double seconds = Double.NaN;
    private double failures;
    private long at;

    ConversationCost(ChoiceSettings settings, Ticker ticker) {
        this.decay = Math.log(2) / settings.timeHalfLife().toNanos();
        this.failureSeconds = settings.failureCosts().toNanos() / 1e9;
        this.ticker = ticker;
    }

    /** @param took in seconds */
    void measured(double took, boolean failed) {
        long now = ticker.nanos();
        boolean first = Double.isNaN(seconds);
        double old = first ? 0 : Math.min(MOST_OLD, Math.exp(-decay * (now - at)));
        at = now;
        seconds = first ? took : Math.max(took, seconds * old + took * (1 - old));
        failures = failures * old + (failed ? 1 - old : 0);
    }

    /** @return {@code NaN} before the first */
    double now() {
        if (Double.isNaN(seconds)) {
            return Double.NaN;
        }
        double left = Math.exp(-decay * (ticker.nanos() - at));
        return (seconds + failures * failureSeconds) * left;
    }
}
