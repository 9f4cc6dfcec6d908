package dev.dromedary.report;

import java.time.Instant;

/**
 * The busiest hour of a day (UTC) at one place.
 *
 * @param perSecond     attempts, mean of the hour with the most
 * @param conversations under way at a time, mean of the hour with the most: attempts a second times the seconds each took (Little's law)
 */
public record Busiest(Instant day, Pair where, double perSecond, double conversations) {
}
