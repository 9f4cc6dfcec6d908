package dev.dromedary.engagement;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * How likely somebody reads at each hour, compared with the mean hour: what is known of a group is what is expected of its members, until each shows
 * otherwise. So it begins with every hour the same, and is drawn step by step to all mail, the provider, the stream and the recipient, each as far as its
 * evidence weighs against a prior (the posterior mean of a Dirichlet prior). Immutable.
 */
final class Expectation {
    /** Opens that what is known of the group is worth against a recipient's own. Days need more, as they differ less. */
    private static final double PRIOR_HOURS = 4;
    private static final double PRIOR_DAYS = 20;
    /** A group is many people: what a few of them did says little of the rest. */
    private static final double PRIOR_GROUP = 100;
    /** People do not keep to the minute: an event speaks for the hours beside it too. */
    private static final double BESIDE = 0.15;
    static final Expectation EVEN = new Expectation(even(Hours.HOURS), even(Hours.DAYS));

    private final double[] hours;
    private final double[] days;

    private Expectation(double[] hours, double[] days) {
        this.hours = hours;
        this.days = days;
    }

    Expectation towardsGroup(Hours evidence) {
        return new Expectation(drawn(hours, spread(evidence.hours()), PRIOR_GROUP), drawn(days, evidence.days(), PRIOR_GROUP));
    }

    Expectation towardsOwn(Hours evidence) {
        return new Expectation(drawn(hours, spread(evidence.hours()), PRIOR_HOURS), drawn(days, evidence.days(), PRIOR_DAYS));
    }

    /** 1 is the mean hour of the week. */
    double at(Instant time) {
        ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
        return hours[utc.getHour()] * Hours.HOURS * days[utc.getDayOfWeek().getValue() - 1] * Hours.DAYS;
    }

    /** The hours around the best one that are at least half as good, such as {@code 7-9}; an end is its hour's end. */
    String best() {
        int best = 0;
        for (int i = 1; i < Hours.HOURS; i++) {
            best = hours[i] > hours[best] ? i : best;
        }
        int from = best;
        int to = best;
        while (to - from < Hours.HOURS - 1 && hours[Math.floorMod(from - 1, Hours.HOURS)] >= hours[best] / 2) {
            from--;
        }
        while (to - from < Hours.HOURS - 1 && hours[Math.floorMod(to + 1, Hours.HOURS)] >= hours[best] / 2) {
            to++;
        }
        return Math.floorMod(from, Hours.HOURS) + "-" + (Math.floorMod(to, Hours.HOURS) + 1);
    }

    private static double[] drawn(double[] prior, double[] counts, double strength) {
        double sum = strength;
        for (double one : counts) {
            sum += one;
        }
        double[] out = new double[prior.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (counts[i] + strength * prior[i]) / sum;
        }
        return out;
    }

    private static double[] spread(double[] counts) {
        double[] out = new double[counts.length];
        for (int i = 0; i < out.length; i++) {
            double beside = counts[Math.floorMod(i - 1, out.length)] + counts[(i + 1) % out.length];
            out[i] = (1 - 2 * BESIDE) * counts[i] + BESIDE * beside;
        }
        return out;
    }

    private static double[] even(int length) {
        double[] out = new double[length];
        java.util.Arrays.fill(out, 1.0 / length);
        return out;
    }
}
