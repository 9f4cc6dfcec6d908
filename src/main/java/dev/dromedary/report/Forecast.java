package dev.dromedary.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something is outgrown.
 *
 * @param subject      such as {@code pool mta-1}
 * @param now          the highest of the last week, or null where nothing is known
 * @param limit        null where there is none that is known
 * @param growthPerDay of the middle of the figure, or null where it is not known
 * @param reachedAt    when it is expected to reach the limit; null where it is not within the forecast. {@code reachedEarliest} and {@code reachedLatest} are
 *                     the same for the bounds between which it is 95 of 100 times
 * @param why          what it was read from, and what it cannot say
 */
public record Forecast(String subject, String metric, String unit, @Nullable Double now, @Nullable Double limit, @Nullable Double growthPerDay,
        @Nullable Instant reachedAt, @Nullable Instant reachedEarliest, @Nullable Instant reachedLatest, String why) {
}
