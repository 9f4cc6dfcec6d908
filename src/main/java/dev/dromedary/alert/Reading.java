package dev.dromedary.alert;

/**
 * A value of a metric.
 *
 * @param value    {@code NaN} where it has no meaning, such as a share of nothing
 * @param messages that it is of; {@link #COUNTLESS} where it is of none
 */
public record Reading(String subject, double value, long messages) {
    public static final long COUNTLESS = Long.MAX_VALUE;

    /** A second, of what passed. */
    static double perSecond(Measured one, long count) {
        return one.seconds() <= 0 ? Double.NaN : count / one.seconds();
    }

    static long attempts(Measured one) {
        return one.counts().attempts();
    }
}
