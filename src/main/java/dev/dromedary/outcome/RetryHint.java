package dev.dromedary.outcome;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The wait that a server asks for in words: "try again in 5 minutes", "retry after 300 seconds", "Greylisted for 00:04:30". */
public final class RetryHint {
    /** A hint further off than this is not a hint about this message. */
    private static final Duration LONGEST = Duration.ofDays(5);
    private static final int TEXT_LIMIT = 4_000;
    private static final String ASKING =
            "\\b(?:try(?: it| this)?(?: your message| sending| delivery)?(?: again)?|tr(?:y|ies) again|retry(?:ing)?|again|come back|resend|wait|grey-?list(?:ed|ing)?|"
                    + "gray-?list(?:ed|ing)?|deferred|delayed|blocked|back ?off)\\b[^0-9]{0,40}?";
    private static final Pattern UNITS = Pattern.compile(
            ASKING + "\\b(\\d{1,6})(?:\\.\\d{1,3})?[ -]?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\\b");
    private static final Pattern CLOCK = Pattern.compile(ASKING + "\\b(\\d{1,2}):([0-5]\\d)(?::([0-5]\\d))?\\b(?! ?(?:am|pm|utc|gmt|[+-]\\d))");

    private RetryHint() {
    }

    /** Empty where the text names no wait, or one of nothing or of more than five days. Whether to obey is the caller's to say. */
    public static Optional<Duration> parse(String text) {
        String folded = text.substring(0, Math.min(text.length(), TEXT_LIMIT)).toLowerCase(Locale.ROOT);
        Matcher units = UNITS.matcher(folded);
        if (units.find()) {
            return sensible(inUnit(Long.parseLong(units.group(1)), units.group(2).charAt(0)));
        }
        Matcher clock = CLOCK.matcher(folded);
        return clock.find() ? sensible(onClock(clock)) : Optional.empty();
    }

    private static Duration inUnit(long amount, char unit) {
        return switch (unit) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** Postgrey writes mm:ss, milter-greylist hh:mm:ss. */
    private static Duration onClock(Matcher clock) {
        long first = Long.parseLong(clock.group(1));
        long second = Long.parseLong(clock.group(2));
        String third = clock.group(3);
        return third == null ? Duration.ofSeconds(first * 60 + second) : Duration.ofSeconds(first * 3600 + second * 60 + Long.parseLong(third));
    }

    private static Optional<Duration> sensible(Duration wait) {
        return wait.isZero() || wait.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(wait);
    }
}
