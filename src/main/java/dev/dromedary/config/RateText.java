package dev.dromedary.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as people write them: {@code 100/min}, {@code 300/h}, {@code 1/10s}. */
public final class RateText {
    static final String FORM = "so many per time, such as 100/min, 300/h or 1/10s";
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,18})\\s*/\\s*(\\d{0,9})\\s*([a-z]+)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1), "sec", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1), "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1), "hour", Duration.ofHours(1),
            "d", Duration.ofDays(1), "day", Duration.ofDays(1));

    private RateText() {
    }

    /** @throws IllegalArgumentException with what to write instead */
    public static Rate parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
        Duration unit = matcher.matches() ? UNITS.get(matcher.group(3)) : null;
        if (unit == null) {
            throw BadValue.write(FORM);
        }
        long permits = Long.parseLong(matcher.group(1));
        Duration period = matcher.group(2).isEmpty() ? unit : unit.multipliedBy(Long.parseLong(matcher.group(2)));
        if (permits == 0) {
            throw new BadValue(ConfigCode.RATE_ZERO, "write at least 1 per period; to stop a pool or a lane, pause it");
        }
        if (period.isZero()) {
            throw BadValue.outside("a period longer than 0");
        }
        return new Rate(permits, period);
    }

    public static String print(Rate rate) {
        String period = DurationText.print(rate.period());
        return rate.permits() + "/" + switch (period) {
            case "1s" -> "s";
            case "1m" -> "min";
            case "1h" -> "h";
            case "1d" -> "d";
            default -> period;
        };
    }
}
