package dev.dromedary.camel;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The call with this node's counters since its start, for whoever shows how fast it goes: the difference of two answers is a rate. */
public final class ThroughputApi {
    private final ApiCall call;
    private final MeterRegistry registry;
    private final String node;
    private final InstantSource clock;

    ThroughputApi(ApiCall call, MeterRegistry registry, String node, InstantSource clock) {
        this.call = call;
        this.registry = registry;
        this.node = node;
        this.clock = clock;
    }

    public void throughput(Exchange exchange) {
        call.open(exchange);
        var out = new LinkedHashMap<String, Object>();
        out.put("node", node);
        out.put("at", clock.instant());
        out.put("accepted", counts("dromedary.accepted", "messages", "way"));
        out.put("refused", counts("dromedary.refused", "submissions", "way", "code"));
        out.put("outcomes", counts("dromedary.outcomes", "attempts", "provider", "pool", "outcome"));
        ApiCall.answer(exchange, 200, out);
    }

    private List<Map<String, Object>> counts(String meter, String what, String... labels) {
        return registry.find(meter).counters().stream().map(counter -> row(counter, what, labels)).toList();
    }

    private static Map<String, Object> row(Counter counter, String what, String... labels) {
        var row = new LinkedHashMap<String, Object>();
        for (String label : labels) {
            row.put(label, String.valueOf(counter.getId().getTag(label)));
        }
        row.put(what, (long) counter.count());
        return row;
    }
}
