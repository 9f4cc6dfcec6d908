package dev.dromedary.monitor;

import dev.dromedary.pool.PoolBoard;
import dev.dromedary.store.EmbeddedBroker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is going on now: queues and pools, for the API and {@code bin/dromedary status}. */
public final class Status {
    private final PoolBoard pools;
    private final @Nullable EmbeddedBroker broker;

    public Status(PoolBoard pools, @Nullable EmbeddedBroker broker) {
        this.pools = pools;
        this.broker = broker;
    }

    /** Queues are those of the embedded broker; an outside one has its own console. */
    public Map<String, Object> now() {
        var out = new LinkedHashMap<String, Object>();
        var queues = new LinkedHashMap<String, Object>();
        if (broker != null) {
            broker.queues().stream().filter(q -> q.messages() > 0).forEach(q -> queues.put(q.name(), q.messages()));
        }
        out.put("queues", queues);
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        pools.each(view -> {
            var pool = new LinkedHashMap<String, @Nullable Object>();
            pool.put("id", view.id());
            pool.put("server", view.host() + ":" + view.port());
            pool.put("health", view.health());
            pool.put("in_flight", view.inFlight());
            pool.put("max_connections", view.maxConnections());
            pool.put("score", Math.round(view.score().total() * 1000) / 1000.0);
            pool.put("last_failure", view.lastFailure());
            list.add(pool);
        });
        out.put("pools", list);
        return out;
    }
}
