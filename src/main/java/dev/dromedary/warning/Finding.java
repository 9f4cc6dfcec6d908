package dev.dromedary.warning;

import dev.dromedary.forecast.Trend.Crossing;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a pool and provider found.
 *
 * @param count    of the attempts that the warning is about, lately
 * @param total    of all attempts lately
 * @param usual    share that was usual before, or for latency seconds; {@code NaN} where that makes no sense
 * @param crossing when the threshold is reached if it all goes on, or null where no trend says
 */
record Finding(WarningKind kind, boolean critical, long count, long total, double usual, @Nullable Crossing crossing, String text) {
}
