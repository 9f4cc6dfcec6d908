package dev.dromedary.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 2d}. */
public final class DurationText {
    static final String FORM = "a whole number with a unit of ms, s, m, h or d, such as 30s";
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,18})\\s*([a-z]+)");
    /** Largest first, so that printing finds the shortest text. */
    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", Duration.ofDays(1));
        UNITS.put("h", Duration.ofHours(1));
        UNITS.put("m", Duration.ofMinutes(1));
        UNITS.put("s", Duration.ofSeconds(1));
        UNITS.put("ms", Duration.ofMillis(1));
    }

    private DurationText() {
    }

    /** @throws IllegalArgumentException with what to write instead */
    public static Duration parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw BadValue.write(FORM);
        }
        try {
            return unit.multipliedBy(Long.parseLong(matcher.group(1)));
        } catch (ArithmeticException tooLong) {
            throw BadValue.outside("a shorter duration");
        }
    }

    /** The shortest exact text; parts below a millisecond, which cannot be written, are left out. */
    public static String print(Duration duration) {
        // Not Duration.dividedBy, which goes through BigDecimal: this is asked where every message passes.
        long seconds = duration.getSeconds();
        if (seconds > 0 && duration.getNano() == 0) {
            return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
        }
        return duration.isZero() ? "0s" : duration.toMillis() + "ms";
    }
}
