package dev.dromedary.history;

/** Messages taken in, attempts by what they came to, and complaints. */
public record Counts(long accepted, long delivered, long deferred, long bounced, long expired, long complaints) {
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(accepted + other.accepted, delivered + other.delivered, deferred + other.deferred, bounced + other.bounced, expired + other.expired,
                complaints + other.complaints);
    }

    public long attempts() {
        return delivered + deferred + bounced + expired;
    }

    /** Bounced and expired among attempts, in per cent. @return NaN of no attempts */
    public double errorRate() {
        return 100.0 * (bounced + expired) / attempts();
    }

    /** In per cent of attempts. @return NaN of no attempts */
    public double deferralRate() {
        return 100.0 * deferred / attempts();
    }

    /** In per cent of what was delivered. @return NaN where nothing was */
    public double complaintRate() {
        return delivered == 0 ? Double.NaN : 100.0 * complaints / delivered;
    }
}
