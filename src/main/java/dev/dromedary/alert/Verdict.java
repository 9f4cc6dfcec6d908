package dev.dromedary.alert;

import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a subject at a moment.
 *
 * @param severity  null where it is not bad
 * @param calm      whether it is good enough for an alert to be over; between the two nothing changes
 * @param eased     whether it is good enough for a critical alert to be a warning again
 * @param known     false where too little passed to tell
 * @param value     in the metric's unit; {@code NaN} where not known
 * @param threshold that the value is held against; {@code NaN} where there is none
 */
public record Verdict(String subject, @Nullable Severity severity, boolean calm, boolean eased, boolean known, double value, double threshold, String text) {
    static Verdict unknown(String subject, String why) {
        return new Verdict(subject, null, false, false, false, Double.NaN, Double.NaN, why);
    }

    static Verdict good(String subject, double value, String text) {
        return new Verdict(subject, null, true, true, true, value, Double.NaN, text);
    }

    /** Something that another part of the program says; where it says no more, it is over. */
    public static Verdict told(String subject, Severity severity, double value, double threshold, String text) {
        return new Verdict(subject, severity, false, severity == Severity.WARNING, true, value, threshold, text);
    }
}
