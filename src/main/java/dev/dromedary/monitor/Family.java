package dev.dromedary.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of one name, by the values of up to three labels. Finding one makes no string and takes no lock, as it is done several times for each message: a meter registry
 * would build and sort tags each time.
 */
final class Family<M> {
    private static final String NONE = "";

    private final ConcurrentHashMap<Labels, M> meters = new ConcurrentHashMap<>();
    private final Function<Labels, M> maker;

    /** Values, in an order that the maker knows. */
    record Labels(String first, String second, String third) {
    }

    /** @param maker registers the meter of some labels; may be called for the same ones again */
    Family(Function<Labels, M> maker) {
        this.maker = maker;
    }

    /** @param names of one to three labels */
    static Family<Counter> counters(MeterRegistry registry, String name, String description, String... names) {
        return new Family<>(labels -> {
            String[] values = {labels.first(), labels.second(), labels.third()};
            Tags tags = Tags.empty();
            for (int i = 0; i < names.length; i++) {
                tags = tags.and(names[i], values[i]);
            }
            return Counter.builder(name).tags(tags).description(description).register(registry);
        });
    }

    M of(String first) {
        return of(first, NONE, NONE);
    }

    M of(String first, String second) {
        return of(first, second, NONE);
    }

    M of(String first, String second, String third) {
        var labels = new Labels(first, second, third);
        M known = meters.get(labels);
        return known != null ? known : meters.computeIfAbsent(labels, maker);
    }
}
