package dev.dromedary.message;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is said about a message beside its addresses and content; null or empty where it is not said. */
record Attributes(
        @Nullable String messageId,
        @Nullable Integer priority,
        @Nullable Instant scheduledTime,
        @Nullable Integer maxRetries,
        @Nullable Duration maxAge,
        DeliveryTerms.@Nullable Dsn dsn,
        @Nullable Boolean best,
        @Nullable Duration within,
        @Nullable String stream,
        @Nullable String campaign,
        List<String> tags) {
    private static final int MAX_MESSAGE_ID = 200;
    private static final int MAX_PRIORITY = 999;
    private static final int MAX_RETRIES = 1000;
    private static final Pattern AGE = Pattern.compile("(\\d{1,8})([smhd])");
    private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);
    private static final Duration LONGEST_AGE = Duration.ofDays(30);
    private static final Duration USUAL_WITHIN = Duration.ofHours(24);
    private static final Duration SHORTEST_WITHIN = Duration.ofHours(1);
    private static final Duration LONGEST_WITHIN = Duration.ofDays(7);
    private static final int MAX_STREAM = 64;
    private static final int MAX_CAMPAIGN = 128;
    private static final int MAX_TAGS = 20;
    private static final int MAX_TAG = 64;
    private static final int LAST_YEAR = 9999;

    /** Each attribute from here, or where it is not said here from the other. */
    Attributes orElse(Attributes other) {
        return new Attributes(
            messageId != null ? messageId : other.messageId,
            priority != null ? priority : other.priority,
            scheduledTime != null ? scheduledTime : other.scheduledTime,
            maxRetries != null ? maxRetries : other.maxRetries,
            maxAge != null ? maxAge : other.maxAge,
            dsn != null ? dsn : other.dsn,
            best != null ? best : other.best,
            within != null ? within : other.within,
            stream != null ? stream : other.stream,
            campaign != null ? campaign : other.campaign,
            tags.isEmpty() ? other.tags : tags);
    }

    Submission submission(@Nullable EmailAddress from, List<EmailAddress> to, Content content) {
        return new Submission(messageId, from, to, content, priority != null ? priority : Submission.DEFAULT_PRIORITY, scheduledTime,
            maxRetries, stream != null ? stream : Submission.DEFAULT_STREAM, campaign, tags,
            maxAge == null && dsn == null ? DeliveryTerms.NONE : new DeliveryTerms(maxAge, dsn), bestWithin());
    }

    private @Nullable Duration bestWithin() {
        boolean wanted = best != null && best;
        valid(wanted || within == null, "within", String.valueOf(within), "leave it out, or write send_time best beside it");
        return !wanted ? null : within == null ? USUAL_WITHIN : within;
    }

    static String messageId(String subject, String value) {
        boolean valid = !value.isEmpty() && value.length() <= MAX_MESSAGE_ID
            && value.chars().allMatch(c -> isLowerOrDigit(c) || c >= 'A' && c <= 'Z' || "._-+=@:".indexOf(c) >= 0);
        return valid(valid, subject, value, "use 1-200 characters of A-Z a-z 0-9 . _ - + = @ :");
    }

    static String stream(String subject, String value) {
        boolean valid = !value.isEmpty() && value.length() <= MAX_STREAM
            && value.chars().allMatch(c -> isLowerOrDigit(c) || "._-".indexOf(c) >= 0);
        return valid(valid, subject, value, "use 1-64 characters of a-z 0-9 . _ -");
    }

    static String campaign(String subject, String value) {
        return valid(isPrintable(value, MAX_CAMPAIGN), subject, value, "use 1-128 printable characters");
    }

    static List<String> tags(String subject, List<String> values) {
        valid(values.size() <= MAX_TAGS, subject, values.size() + " tags", "give at most 20");
        for (int i = 0; i < values.size(); i++) {
            valid(isPrintable(values.get(i), MAX_TAG), subject + "[" + i + "]", values.get(i), "use 1-64 printable characters");
        }
        return List.copyOf(values);
    }

    static int priority(String subject, String value) {
        return switch (value) {
            case "urgent" -> 50;
            case "normal" -> 100;
            case "bulk" -> 200;
            default -> number(subject, value, MAX_PRIORITY, "use urgent, normal, bulk or a whole number 0-999");
        };
    }

    static int maxRetries(String subject, String value) {
        return number(subject, value, MAX_RETRIES, "use a whole number 0-1000");
    }

    static Duration maxAge(String subject, String value) {
        Duration age = duration(value);
        valid(!age.isZero() && age.compareTo(LONGEST_AGE) <= 0, subject, value, "write a duration from 1s to 30d, a whole number with a unit of s, m, h or d, such as 10m");
        return age;
    }

    /** @return whether the recipient's best hour is waited for */
    static Boolean best(String subject, String value) {
        valid(value.equals("best") || value.equals("now"), subject, value, "write best or now");
        return value.equals("best");
    }

    static Duration within(String subject, String value) {
        Duration span = duration(value);
        valid(span.compareTo(SHORTEST_WITHIN) >= 0 && span.compareTo(LONGEST_WITHIN) <= 0, subject, value,
            "write a duration from 1h to 7d, a whole number with a unit of s, m, h or d, such as 24h");
        return span;
    }

    private static Duration duration(String value) {
        Matcher shape = AGE.matcher(value);
        return shape.matches() ? Duration.ofSeconds(Long.parseLong(shape.group(1)) * SECONDS.get(shape.group(2))) : Duration.ZERO;
    }

    static DeliveryTerms.Dsn dsn(String subject, String value) {
        for (DeliveryTerms.Dsn dsn : DeliveryTerms.Dsn.values()) {
            if (dsn.id().equals(value)) {
                return dsn;
            }
        }
        throw JsonFields.invalid(subject, value, "write never or failure");
    }

    static Instant scheduledTime(String subject, String value) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(value);
            if (time.getYear() >= 1970 && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException notOne) {
            // Said below, the same as for a year out of range.
        }
        throw JsonFields.invalid(subject, value, "write a time of the years 1970-9999 with its offset, such as 2030-01-31T09:00:00+01:00");
    }

    private static int number(String subject, String value, int most, String advice) {
        boolean digits = !value.isEmpty() && value.length() <= 4 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        valid(digits && Integer.parseInt(value) <= most, subject, value, advice);
        return Integer.parseInt(value);
    }

    private static boolean isLowerOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isPrintable(String value, int most) {
        return !value.isBlank() && value.codePointCount(0, value.length()) <= most
            && value.chars().noneMatch(c -> TextRules.isControl((char) c));
    }

    private static String valid(boolean valid, String subject, String seen, String advice) {
        if (!valid) {
            throw JsonFields.invalid(subject, seen, advice);
        }
        return seen;
    }
}
