package dev.dromedary.history;

import java.time.Instant;
import java.util.List;

/**
 * What one node saw in one step.
 *
 * @param at      beginning of the minute or hour that it counts for
 * @param seconds that it covers
 */
public record Sample(Instant at, String node, double seconds, List<SeriesSample> series, List<Gauge> gauges) {
    public Sample {
        series = List.copyOf(series);
        gauges = List.copyOf(gauges);
    }
}
