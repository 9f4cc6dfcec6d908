package dev.dromedary.config;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Hours of the week, by the clock on the wall of a zone: an instant is inside where that clock shows a day of {@code days} and a time from
 * {@code from} until before {@code to}. Where {@code to} is not after {@code from}, the window ends on the next day. What the clock never
 * shows, when it is put forward, is left out; what it shows twice, when it is put back, is inside twice.
 *
 * @param text as it was written
 */
public record SendWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, String text) {
    /** A week after which it would have opened, and one more should the clock leave that opening out. */
    private static final int DAYS_AHEAD = 15;

    public SendWindow {
        days = Set.copyOf(days);
    }

    public boolean contains(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        boolean today = days.contains(local.getDayOfWeek());
        if (from.isBefore(to)) {
            return today && !time.isBefore(from) && time.isBefore(to);
        }
        return today && !time.isBefore(from) || time.isBefore(to) && days.contains(local.getDayOfWeek().minus(1));
    }

    /** The first instant from this one on that is inside. */
    public Instant opening(Instant at) {
        if (contains(at)) {
            return at;
        }
        return Stream.concat(starts(at), transitions(at)).filter(start -> start.isAfter(at) && contains(start)).min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("send window " + text + " does not open within " + DAYS_AHEAD + " days of " + at));
    }

    /** A window begins where the clock shows {@code from}, which may be twice in a day, or jumps over it. */
    private Stream<Instant> starts(Instant at) {
        var today = at.atZone(zone).toLocalDate();
        return Stream.iterate(today, day -> day.plusDays(1)).limit(DAYS_AHEAD)
                .map(day -> ZonedDateTime.of(day, from, zone))
                .flatMap(start -> Stream.of(start.withEarlierOffsetAtOverlap().toInstant(), start.withLaterOffsetAtOverlap().toInstant()));
    }

    private Stream<Instant> transitions(Instant at) {
        Instant end = at.plusSeconds(DAYS_AHEAD * 86_400L);
        return Stream.iterate(zone.getRules().nextTransition(at), next -> next != null && next.getInstant().isBefore(end), next -> zone.getRules().nextTransition(next.getInstant()))
                .map(ZoneOffsetTransition::getInstant);
    }

    @Override
    public String toString() {
        return text;
    }
}
