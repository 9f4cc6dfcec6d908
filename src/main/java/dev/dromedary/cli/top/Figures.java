package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times as short as they can be read. */
final class Figures {
    static final String NONE = "-";
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_SECONDS = DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);
    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    private static final int DAY_SECONDS = 86_400;

    private Figures() {
    }

    static String count(long number) {
        return Math.abs(number) < 1_000_000 ? String.format(Locale.ROOT, "%,d", number) : String.format(Locale.ROOT, "%.1fM", number / 1e6);
    }

    /** @return a dash where it is no number */
    static String count(JsonNode number) {
        return number.isNumber() ? count(number.asLong()) : NONE;
    }

    /** @param perSecond NaN where it is not known */
    static String rate(double perSecond) {
        if (!Double.isFinite(perSecond)) {
            return NONE;
        }
        return perSecond == 0 ? "0" : perSecond < 0.095 ? String.format(Locale.ROOT, "%.2f", perSecond) : perSecond < 9.95 ? String.format(Locale.ROOT, "%.1f", perSecond)
                : perSecond < 99_999.5 ? String.format(Locale.ROOT, "%,.0f", perSecond) : String.format(Locale.ROOT, "%,.0fk", perSecond / 1_000);
    }

    /** As configurations have it: by the second, minute or hour, whichever reads best. */
    static String pace(double perSecond) {
        return !Double.isFinite(perSecond) ? NONE : perSecond >= 1 || perSecond == 0 ? rate(perSecond) + "/s" : perSecond * MINUTE >= 1 ? rate(perSecond * MINUTE) + "/min"
                : rate(perSecond * HOUR) + "/h";
    }

    static String lasting(long seconds) {
        long whole = Math.max(0, seconds);
        return whole < MINUTE ? whole + "s" : whole < HOUR ? whole / MINUTE + "m" : whole < DAY_SECONDS ? two(whole / HOUR, "h", whole % HOUR / MINUTE, "m")
                : two(whole / DAY_SECONDS, "d", whole % DAY_SECONDS / HOUR, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }

    static String clock(Instant at, ZoneId zone) {
        return SECONDS.format(at.atZone(zone));
    }

    /** {@code 12:30}, with the day where it is more than half a day off; empty where there is no time. */
    static String time(@Nullable Instant at, Instant now, ZoneId zone) {
        return at == null ? "" : (Duration.between(now, at).abs().toHours() < 12 ? MINUTES : DAY).format(at.atZone(zone));
    }

    /** {@code 12:30:05}, with the day where it is more than half a day off; empty where there is no time. */
    static String moment(@Nullable Instant at, Instant now, ZoneId zone) {
        return at == null ? "" : (Duration.between(now, at).abs().toHours() < 12 ? SECONDS : DAY_AND_SECONDS).format(at.atZone(zone));
    }

    /** {@code 12:30 (4m)}. */
    static String until(@Nullable Instant at, Instant now, ZoneId zone) {
        return at == null ? "" : time(at, now, zone) + " (" + lasting(Duration.between(now, at).toSeconds()) + ")";
    }

    /** {@code 12m}: how long ago; a dash where there is no time. */
    static String since(@Nullable Instant at, Instant now) {
        return at == null ? NONE : lasting(Duration.between(at, now).toSeconds());
    }

    static @Nullable Instant instant(JsonNode text) {
        try {
            return text.isTextual() ? Instant.parse(text.asText()) : null;
        } catch (DateTimeException notOne) {
            return null;
        }
    }
}
