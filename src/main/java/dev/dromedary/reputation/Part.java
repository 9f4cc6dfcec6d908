package dev.dromedary.reputation;

import dev.dromedary.config.ReputationSettings;
import java.util.Locale;

/**
 * What one grievance makes of a score.
 *
 * @param bad       decayed count of what is held against the subject
 * @param of        decayed count of the attempts, or for complaints of the accepted messages
 * @param atLeast   lower bound of the share of the bad, 0 to 1, which the score goes by
 * @param atMost    upper bound
 * @param tolerance share that costs nothing
 * @param limit     share from which it costs all that it can
 * @param keeps     of the score, 0 to 1: it is multiplied by this
 */
public record Part(Grievance grievance, double bad, double of, double atLeast, double atMost, double tolerance, double limit, double keeps) {

    /** Fewer attempts than the floor are taken for so many, the rest of them good: that is harmless where little is known, and more of the good never costs. */
    static Part of(Grievance grievance, double bad, double attempts, ReputationSettings.Part terms, double z) {
        double of = Math.max(attempts, bad);
        double counted = Math.max(of, terms.floor());
        double low = Wilson.low(bad, counted, z);
        double excess = Math.min(1, Math.max(0, (low - terms.tolerance()) / (terms.limit() - terms.tolerance())));
        return new Part(grievance, bad, of, low, Wilson.high(bad, of, z), terms.tolerance(), terms.limit(), 1 - terms.weight() * excess);
    }

    /** Share of the bad, 0 to 1. */
    public double share() {
        return of == 0 ? 0 : bad / of;
    }

    public boolean costs() {
        return keeps < 1;
    }

    /** Such as "12.1 % of 830 attempts were deferred (at least 9.9 %)". */
    String text() {
        return String.format(Locale.ROOT, "%s of %.0f %s (at least %s)", perCent(share()), of, grievance.verdict(), perCent(atLeast));
    }

    private static String perCent(double share) {
        return String.format(Locale.ROOT, share < 0.01 ? "%.2f %%" : "%.1f %%", share * 100);
    }
}
