package dev.dromedary.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Schedules;
import dev.dromedary.config.SendWindow;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SendWindowsTest {
    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    @Test
    void mailOutsideWaitsForTheNextOpeningByTheClockOfTheZone() {
        SendWindow office = window(WEEKDAYS, "08:00", "20:00", "Europe/Berlin");
        assertThat(office.opening(at("2026-01-05T06:59:59.999Z"))).as("Monday, before").isEqualTo(at("2026-01-05T07:00:00Z"));
        assertThat(office.opening(at("2026-01-05T18:59:59Z"))).as("inside").isEqualTo(at("2026-01-05T18:59:59Z"));
        assertThat(office.opening(at("2026-01-09T19:00:00Z"))).as("Friday evening, to Monday").isEqualTo(at("2026-01-12T07:00:00Z"));
        assertThat(office.opening(at("2026-07-06T05:00:00Z"))).as("summer time").isEqualTo(at("2026-07-06T06:00:00Z"));
    }

    @Test
    void aWindowOverMidnightBelongsToTheDayOnWhichItBegins() {
        SendWindow night = window(EnumSet.of(DayOfWeek.FRIDAY), "22:00", "06:00", "UTC");
        assertThat(night.contains(at("2026-01-10T05:59:00Z"))).as("Saturday morning").isTrue();
        assertThat(night.contains(at("2026-01-09T05:59:00Z"))).as("Friday morning").isFalse();
        assertThat(night.opening(at("2026-01-10T06:00:00Z"))).isEqualTo(at("2026-01-16T22:00:00Z"));
    }

    @Test
    void whatTheClockLeavesOutIsLeftOutAndWhatItShowsTwiceIsInsideTwice() {
        SendWindow early = window(EnumSet.allOf(DayOfWeek.class), "02:15", "02:45", "Europe/Berlin");
        assertThat(early.opening(at("2026-03-29T00:00:00Z"))).as("put forward from 2 to 3").isEqualTo(at("2026-03-30T00:15:00Z"));
        assertThat(early.opening(at("2026-10-25T00:00:00Z"))).as("put back from 3 to 2").isEqualTo(at("2026-10-25T00:15:00Z"));
        assertThat(early.opening(at("2026-10-25T00:45:00Z"))).isEqualTo(at("2026-10-25T01:15:00Z"));
        SendWindow across = window(EnumSet.allOf(DayOfWeek.class), "02:30", "05:00", "Europe/Berlin");
        assertThat(across.opening(at("2026-03-29T00:00:00Z"))).as("its beginning is left out").isEqualTo(at("2026-03-29T01:00:00Z"));
    }

    @Property(tries = 300)
    void theOpeningIsTheFirstMinuteInside(@ForAll("windows") SendWindow window, @ForAll @LongRange(min = 0, max = 1_050_000) long minute) {
        Instant at = at("2025-06-01T00:00:00Z").plus(Duration.ofMinutes(minute));
        Instant opening = window.opening(at);
        assertThat(opening).isAfterOrEqualTo(at);
        assertThat(window.contains(opening)).isTrue();
        for (Instant before = at; before.isBefore(opening); before = before.plus(Duration.ofMinutes(1))) {
            assertThat(window.contains(before)).as("%s, before the opening at %s", before, opening).isFalse();
        }
    }

    @Provide
    Arbitrary<SendWindow> windows() {
        Arbitrary<LocalTime> time = Arbitraries.integers().between(0, 95).map(quarter -> LocalTime.MIDNIGHT.plusMinutes(quarter * 15L));
        return Combinators.combine(Arbitraries.of(DayOfWeek.class).set().ofMinSize(1), time, time, Arbitraries.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"))
                .filter((days, from, to, zone) -> !from.equals(to)).as((days, from, to, zone) -> new SendWindow(days, from, to, ZoneId.of(zone), "w"));
    }

    @Test
    void theSoonestOfSeveralWindowsCountsAndAStreamWithoutAnyIsAlwaysOpen() {
        var windows = new SendWindows(Map.of("news", new DromedaryConfig.Stream(List.of(window(WEEKDAYS, "18:00", "20:00", "UTC"), window(WEEKDAYS, "08:00", "09:00", "UTC")), null)));
        assertThat(windows.opening("news", at("2026-01-05T07:00:00Z"))).isEqualTo(at("2026-01-05T08:00:00Z"));
        assertThat(windows.opening("news", at("2026-01-05T09:00:00Z"))).isEqualTo(at("2026-01-05T18:00:00Z"));
        assertThat(windows.opening("default", at("2026-01-04T09:00:00Z"))).isEqualTo(at("2026-01-04T09:00:00Z"));
    }

    @Test
    void aRetryThatFallsOutsideMovesToTheOpeningUnlessItsAgeIsUpBefore() {
        var streams = Map.of("news", new DromedaryConfig.Stream(List.of(window(WEEKDAYS, "08:00", "20:00", "UTC")), null));
        var schedule = new RetrySchedule(new DromedaryConfig.Retry(Duration.ofHours(1), 1, Duration.ofHours(4), 0, Duration.ofHours(15), 30, new Schedules(Map.of())), streams, new Random(1));
        Instant evening = at("2026-01-05T19:30:00Z");
        assertThat(schedule.next(envelope(evening), Category.DEFER_SAME_POOL, null, evening)).contains(at("2026-01-06T08:00:00Z"));
        assertThat(schedule.next(envelope(at("2026-01-05T16:00:00Z")), Category.DEFER_SAME_POOL, null, evening)).as("15 hours end at 7").isEmpty();
        assertThat(schedule.untilWindow("news", at("2026-01-05T07:00:00Z"))).isEqualTo(Duration.ofHours(1));
        assertThat(schedule.untilWindow("news", evening)).isZero();
    }

    private static Envelope envelope(Instant acceptedAt) {
        return new Envelope("m", "m", null, new EmailAddress("to", "example.org"), "google", "news", null, List.of(), 100, 30, acceptedAt, 1, 1);
    }

    private static SendWindow window(Set<DayOfWeek> days, String from, String to, String zone) {
        return new SendWindow(days, LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone), from + "-" + to + " " + zone);
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
