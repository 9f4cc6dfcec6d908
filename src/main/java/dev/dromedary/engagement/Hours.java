package dev.dromedary.engagement;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Evidence of when somebody, or a group, reads: by the hour of the day and by the day of the week, in UTC, each fading with age. Two short rows rather
 * than all 168 hours of the week: a recipient does a handful of things a month, which would leave nearly every one of 168 empty. Immutable.
 */
public final class Hours {
    public static final int HOURS = 24;
    public static final int DAYS = 7;
    public static final Hours NONE = new Hours(new double[HOURS], new double[DAYS], Instant.EPOCH, 0);

    private final double[] hours;
    private final double[] days;
    private final Instant asOf;
    private final int events;

    private Hours(double[] hours, double[] days, Instant asOf, int events) {
        this.hours = hours;
        this.days = days;
        this.asOf = asOf;
        this.events = events;
    }

    /**
     * @param hours  24 weights from midnight on
     * @param days   7 weights from Monday on
     * @param asOf   the instant up to which the weights have faded
     * @param events how many were counted, whatever their age
     */
    public static Hours of(double[] hours, double[] days, Instant asOf, int events) {
        if (hours.length != HOURS || days.length != DAYS) {
            throw new IllegalArgumentException(hours.length + " hours and " + days.length + " days; give 24 and 7");
        }
        return new Hours(hours.clone(), days.clone(), asOf, events);
    }

    /** With one more event. One from before what is here has faded already. */
    public Hours plus(Engagement event, Duration halfLife) {
        return plus(event.at(), event.kind().weight(), halfLife);
    }

    Hours plus(Instant at, double weight, Duration halfLife) {
        Hours base = at.isAfter(asOf) ? faded(at, halfLife) : this;
        double worth = weight * fading(Duration.between(at, base.asOf), halfLife);
        ZonedDateTime time = at.atZone(ZoneOffset.UTC);
        double[] moreHours = base.hours.clone();
        double[] moreDays = base.days.clone();
        moreHours[time.getHour()] += worth;
        moreDays[time.getDayOfWeek().getValue() - 1] += worth;
        return new Hours(moreHours, moreDays, base.asOf, events + 1);
    }

    /** As it counts at a later instant. */
    public Hours faded(Instant now, Duration halfLife) {
        if (!now.isAfter(asOf)) {
            return this;
        }
        double left = events == 0 ? 1 : fading(Duration.between(asOf, now), halfLife);
        double[] lessHours = hours.clone();
        double[] lessDays = days.clone();
        for (int i = 0; i < HOURS; i++) {
            lessHours[i] *= left;
        }
        for (int i = 0; i < DAYS; i++) {
            lessDays[i] *= left;
        }
        return new Hours(lessHours, lessDays, now, events);
    }

    private static double fading(Duration age, Duration halfLife) {
        return Math.pow(0.5, Math.max(0, age.toSeconds()) / (double) halfLife.toSeconds());
    }

    /** In opens, as far as they have not faded. */
    public double weight() {
        double sum = 0;
        for (double one : hours) {
            sum += one;
        }
        return sum;
    }

    public double[] hours() {
        return hours.clone();
    }

    public double[] days() {
        return days.clone();
    }

    public Instant asOf() {
        return asOf;
    }

    public int events() {
        return events;
    }
}
