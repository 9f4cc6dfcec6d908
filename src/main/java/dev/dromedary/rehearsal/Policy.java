package dev.dromedary.rehearsal;

import java.util.Locale;

/** Who chooses the pools. All of them have the same configuration, limits, retries and fail-over. */
public enum Policy {
    /** The production's own: reputation, adaptive pace, warm-up, early warning, and the reactions that providers prescribe. */
    REPUTATION,
    ROUND_ROBIN,
    /** Static weights. */
    WEIGHTED,
    /** The guide's own algorithm. */
    SEED;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
