package dev.dromedary.report;

import dev.dromedary.history.Counts;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's mail to a provider came to.
 *
 * @param latency    mean conversation in milliseconds, or null of none
 * @param delivery95 seconds from acceptance within which 95 of 100 were delivered, or null of none
 * @param reputation the latest of the span, or null where none is known
 */
public record Cell(Pair pair, Counts counts, @Nullable Double latency, @Nullable Double delivery95, @Nullable Double reputation) {
}
