package dev.dromedary.camel;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a server wants to be asked again: seconds from now, or a time (RFC 9110 section 10.2.3). */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");
    /** What is later is as good as never. */
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int LAST_YEARS = 50;

    private RetryAfter() {
    }

    /** @return null where it does not say so in a way that can be read */
    static @Nullable Instant of(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After").map(text -> read(text.strip(), now)).orElse(null);
    }

    static @Nullable Instant read(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return now.plusSeconds(Math.min(Long.parseLong(text), LONGEST.toSeconds()));
        }
        // The form of today and the two that recipients have to understand too (RFC 9110 section 5.6.7), all of them in GMT.
        for (DateTimeFormatter form : List.of(form("EEE, dd MMM yyyy HH:mm:ss 'GMT'"), twoDigits(now), form("EEE MMM ppd HH:mm:ss yyyy"))) {
            try {
                return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notThisOne) {
                // Perhaps the next.
            }
        }
        return null;
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US);
    }

    /** A year that seems more than 50 years ahead is one of the past. */
    private static DateTimeFormatter twoDigits(Instant now) {
        int first = now.atZone(ZoneOffset.UTC).getYear() - LAST_YEARS + 1;
        return new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-").appendValueReduced(ChronoField.YEAR, 2, 2, first).appendPattern(" HH:mm:ss 'GMT'").toFormatter(Locale.US);
    }
}
