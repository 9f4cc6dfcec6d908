package dev.dromedary.camel;

import dev.dromedary.history.Gauge;
import dev.dromedary.store.EmbeddedBroker;
import dev.dromedary.store.Queues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what stands off the meters that are there anyway. What a meter does not know is left out. */
final class HistoryGauges {
    private final MeterRegistry registry;
    private final @Nullable EmbeddedBroker broker;
    private final HistoryRates rates;

    /** @param broker null where it is outside: its queues have no depth or age here; @param start that what passed is counted from */
    HistoryGauges(MeterRegistry registry, @Nullable EmbeddedBroker broker, Instant start) {
        this.registry = registry;
        this.broker = broker;
        this.rates = new HistoryRates(registry, start);
    }

    List<Gauge> read(Instant now) {
        var out = new ArrayList<Gauge>();
        each(out, "queue", "dromedary.queue.messages");
        each(out, "waiting", "dromedary.waiting");
        each(out, "reputation", "dromedary.reputation.score");
        each(out, "pool", "dromedary.pool.available");
        share(out, "heap", sum("jvm.memory.used", "heap"), sum("jvm.memory.max", "heap"));
        add(out, "heap", "used_bytes", sum("jvm.memory.used", "heap"));
        add(out, "cpu", "process", sum("process.cpu.usage", null));
        add(out, "cpu", "system", sum("system.cpu.usage", null));
        double free = sum("disk.free", null);
        double total = sum("disk.total", null);
        add(out, "disk", "free_bytes", free);
        share(out, "disk", total - free, total);
        if (broker != null) {
            broker.queues().stream().filter(queue -> Queues.isLane(queue.name())).forEach(queue -> add(out, "queue_age", queue.name(),
                    broker.oldest(queue.name()).map(at -> Math.max(0, Duration.between(at, now).toMillis() / 1000.0)).orElse(0.0)));
        }
        rates.read(out, now);
        return out;
    }

    private void each(List<Gauge> out, String name, String meter) {
        registry.find(meter).gauges().forEach(gauge -> add(out, name, StreamSupport.stream(gauge.getId().getTagsAsIterable().spliterator(), false).map(Tag::getValue)
                .collect(Collectors.joining("/")), gauge.value()));
    }

    private double sum(String meter, @Nullable String area) {
        var search = registry.find(meter);
        return (area == null ? search : search.tag("area", area)).gauges().stream().mapToDouble(gauge -> gauge.value()).filter(value -> value >= 0)
                .reduce(Double::sum).orElse(Double.NaN);
    }

    private static void share(List<Gauge> out, String name, double used, double of) {
        add(out, name, "used_percent", of > 0 ? 100 * used / of : Double.NaN);
    }

    private static void add(List<Gauge> out, String name, String label, double value) {
        if (Double.isFinite(value)) {
            out.add(Gauge.of(name, label, value));
        }
    }
}
