package dev.dromedary.pool;

import java.time.Duration;
import java.time.Instant;

/**
 * What one provider has lately made of one pool's mail: the share of attempts not held against the pool, from decayed counts
 * with a prior, so that the first few messages neither praise nor damn it.
 *
 * <p>Only what says something about the pool counts: a full mailbox or an unknown user does not, nor does a login.
 */
final class Reputation {
    /** Evidence loses half its weight in this time. */
    static final Duration HALF_LIFE = Duration.ofHours(1);
    private static final double PRIOR_GOOD = 9;
    private static final double PRIOR_BAD = 1;

    private double good;
    private double bad;
    private Instant at;

    Reputation(Instant now) {
        this.at = now;
    }

    synchronized void accepted(Instant now) {
        decay(now);
        good++;
    }

    synchronized void heldAgainst(Instant now) {
        decay(now);
        bad++;
    }

    /** 0 to 1; {@code 0.9} with no evidence. */
    synchronized double score(Instant now) {
        decay(now);
        return (good + PRIOR_GOOD) / (good + bad + PRIOR_GOOD + PRIOR_BAD);
    }

    private void decay(Instant now) {
        long elapsed = Duration.between(at, now).toMillis();
        if (elapsed > 0) {
            double factor = Math.pow(0.5, elapsed / (double) HALF_LIFE.toMillis());
            good *= factor;
            bad *= factor;
            at = now;
        }
    }
}
