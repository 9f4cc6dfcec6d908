package dev.dromedary.engagement;

import dev.dromedary.config.EngagementSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Picks the hour at which a message is most likely to be read. It waits only where that is clearly better than now, and little evidence changes nothing.
 * Safe for use by many threads as far as the source of randomness is.
 */
public final class SendTimePolicy {
    /** Hours less than this much worse than the best are as good: the difference is mostly chance, and a campaign should not go all at once. */
    private static final double AS_GOOD = 0.9;
    /** So many times the evidence asked of a recipient is asked of a group, as it speaks for people of whom nothing is known. */
    private static final int GROUP = 20;

    private final EngagementSettings settings;
    private final RandomGenerator random;

    public SendTimePolicy(EngagementSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** An hour, or what is left of it, in which mail may be sent. */
    private record Slot(Instant from, Instant to, double score) {
    }

    /**
     * @param from    the first instant at which the message may go, inside a send window
     * @param until   the last
     * @param opening the first instant from one on that is inside a send window
     * @param stream  its name, for the reason
     * @return within {@code from} and {@code until}, and inside a send window
     */
    public SendTime choose(Known known, String stream, Instant from, Instant until, UnaryOperator<Instant> opening) {
        double floor = settings.evidence();
        boolean ofOwn = known.own().weight() >= floor;
        if (!ofOwn && known.all().weight() < GROUP * floor) {
            return new SendTime(from, false, "not held: too little is known of when its recipient reads, n=" + known.own().events());
        }
        Expectation expectation = known.expectation();
        List<Slot> slots = slots(expectation, from, until, opening);
        if (slots.isEmpty()) {
            return new SendTime(from, false, "not held: there is no time left to wait in");
        }
        if (random.nextDouble() < settings.explore()) {
            Slot any = slots.get(random.nextInt(slots.size()));
            return held(any, from, opening, "an hour taken at random, so that new habits are seen");
        }
        double best = slots.stream().mapToDouble(Slot::score).max().orElseThrow();
        Slot first = slots.get(0);
        if (first.from.equals(from) && first.score >= AS_GOOD * best) {
            return new SendTime(from, false, "not held: no hour until " + until + " is clearly better; " + habit(known, ofOwn, stream, expectation));
        }
        List<Slot> good = slots.stream().filter(slot -> slot.score >= AS_GOOD * best).toList();
        // The same hour of the next day is as good, and not worth another day.
        Instant dayAfter = good.get(0).from.plus(1, ChronoUnit.DAYS).minus(1, ChronoUnit.HOURS);
        List<Slot> soon = good.stream().filter(slot -> slot.from.isBefore(dayAfter)).toList();
        return held(soon.get(random.nextInt(soon.size())), from, opening, habit(known, ofOwn, stream, expectation));
    }

    /** What is expected of the recipient at all, for people. */
    public String habit(Known known, String stream) {
        return habit(known, known.own().weight() >= settings.evidence(), stream, known.expectation());
    }

    private String habit(Known known, boolean ofOwn, String stream, Expectation expectation) {
        if (ofOwn) {
            return String.format(Locale.ROOT, "opened mostly at %s h UTC, n=%d", expectation.best(), known.own().events());
        }
        boolean ofStream = known.stream().weight() >= GROUP * settings.evidence();
        return String.format(Locale.ROOT, "%s is opened mostly at %s h UTC, n=%d; of the recipient n=%d", ofStream ? "mail of stream " + stream : "mail", expectation.best(),
                (ofStream ? known.stream() : known.all()).events(), known.own().events());
    }

    private static List<Slot> slots(Expectation expectation, Instant from, Instant until, UnaryOperator<Instant> opening) {
        var slots = new ArrayList<Slot>();
        Instant start = from;
        while (start.isBefore(until)) {
            Instant hourEnd = start.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            Instant end = hourEnd.isBefore(until) ? hourEnd : until;
            Instant open = opening.apply(start);
            if (open.isBefore(end)) {
                slots.add(new Slot(open, end, expectation.at(open)));
            }
            // A window that opens days later is not looked for hour by hour.
            start = open.isAfter(hourEnd) ? open : hourEnd;
        }
        return slots;
    }

    /** Somewhere in the slot, so that those who share an hour are spread over it. */
    private SendTime held(Slot slot, Instant from, UnaryOperator<Instant> opening, String why) {
        long room = Duration.between(slot.from, slot.to).toSeconds();
        Instant somewhere = slot.from.plusSeconds(room < 2 ? 0 : random.nextLong(room));
        Instant at = opening.apply(somewhere).equals(somewhere) ? somewhere : slot.from;
        return at.isAfter(from) ? new SendTime(at, true, "held until " + at.truncatedTo(ChronoUnit.SECONDS) + ": " + why) : new SendTime(from, false, "not held: " + why);
    }
}
