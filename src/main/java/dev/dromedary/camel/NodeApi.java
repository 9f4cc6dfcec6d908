package dev.dromedary.camel;

import dev.dromedary.monitor.Version;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.jspecify.annotations.Nullable;

/** The call about the node that answers: its version, since when it runs, and whether it is ready, and if not, why. */
public final class NodeApi {
    private final ApiCall call;
    private final String node;
    private final InstantSource clock;

    NodeApi(ApiCall call, String node, InstantSource clock) {
        this.call = call;
        this.node = node;
        this.clock = clock;
    }

    public void node(Exchange exchange) {
        call.open(exchange);
        Collection<HealthCheck.Result> checks = HealthCheckHelper.invokeReadiness(exchange.getContext());
        var out = new LinkedHashMap<String, Object>();
        out.put("node", node);
        out.put("version", Version.TEXT);
        out.put("at", clock.instant());
        out.put("started", Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
        out.put("ready", checks.stream().allMatch(NodeApi::up));
        out.put("down", checks.stream().filter(check -> !up(check)).map(NodeApi::shown).toList());
        ApiCall.answer(exchange, 200, out);
    }

    private static boolean up(HealthCheck.Result check) {
        return check.getState() == HealthCheck.State.UP;
    }

    private static Map<String, @Nullable Object> shown(HealthCheck.Result check) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("name", check.getCheck().getId());
        out.put("message", check.getMessage().orElse(null));
        return out;
    }
}
