package dev.dromedary.outcome;

import org.jspecify.annotations.Nullable;

/**
 * Whether a message may be offered to another pool at once. Before the transaction the provider has heard nothing of the message,
 * so every pool may be asked; once it has refused for the pool's sake, one other pool is asked and no more; after the end of data
 * has been sent, none, since the message may have been taken.
 */
public final class Failover {
    private Failover() {
    }

    /**
     * @param category   of the reply, or null where there was none
     * @param refusedBefore pools that have already refused this attempt within a transaction
     */
    public static boolean mayTryAnother(SmtpPhase phase, boolean inDoubt, @Nullable Category category, int refusedBefore) {
        if (inDoubt) {
            return false;
        }
        if (phase.beforeTransaction()) {
            return true;
        }
        if (category == null) {
            return phase.beforeEndOfData() && refusedBefore == 0;
        }
        return category == Category.DEFER_OTHER_POOL && refusedBefore == 0;
    }
}
