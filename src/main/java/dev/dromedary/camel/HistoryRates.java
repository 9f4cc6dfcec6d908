package dev.dromedary.camel;

import dev.dromedary.history.Gauge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What passed by lane and by delivery route, as messages a second since it was last asked, from counters whose labels are bounded. Not thread-safe. */
final class HistoryRates {
    /** Names in the history by those of the counters. */
    private static final Map<String, String> NAMES = Map.of("dromedary.lane.accepted", "lane_accepted", "dromedary.lane.outcomes", "lane_outcomes",
            "dromedary.route.outcomes", "route_outcomes");

    private final MeterRegistry registry;
    private final Map<Meter.Id, Double> before = new HashMap<>();
    private Instant last;

    HistoryRates(MeterRegistry registry, Instant start) {
        this.registry = registry;
        this.last = start;
    }

    /** A rate of nought is left out where there was none before either: not every lane is used. */
    void read(List<Gauge> out, Instant now) {
        double seconds = Duration.between(last, now).toMillis() / 1000.0;
        if (seconds <= 0) {
            return;
        }
        last = now;
        NAMES.forEach((counter, name) -> registry.find(counter).counters().forEach(one -> {
            double count = one.count();
            Double old = before.put(one.getId(), count);
            if (count > 0) {
                out.add(Gauge.of(name, label(one), Math.max(0, count - (old == null ? 0 : old)) / seconds));
            }
        }));
    }

    /** The lane, or lane and outcome, or route and outcome. */
    private static String label(Counter counter) {
        List<Tag> tags = counter.getId().getTags();
        return tags.stream().sorted((a, b) -> Boolean.compare(a.getKey().equals("outcome"), b.getKey().equals("outcome"))).map(Tag::getValue).collect(Collectors.joining("/"));
    }
}
