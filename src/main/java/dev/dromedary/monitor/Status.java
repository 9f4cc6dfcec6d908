package dev.dromedary.monitor;

import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.PoolView;
import dev.dromedary.retry.DeferredStore;
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.EmbeddedBroker;
import dev.dromedary.store.MailFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is going on now: queues, what waits, dead letters and pools, for the API and {@code bin/dromedary status}. */
public final class Status {
    private final PoolBoard pools;
    private final @Nullable EmbeddedBroker broker;
    private final DeferredStore deferred;
    private final DeadLetterStore dead;
    private final Problems others;

    /** What another part knows to be wrong, from the database. */
    public interface Problems {
        List<String> now() throws SQLException;
    }

    /** @param broker the embedded broker, or null: an outside one has its own console */
    public Status(PoolBoard pools, @Nullable EmbeddedBroker broker, DeferredStore deferred, DeadLetterStore dead, Problems others) {
        this.pools = pools;
        this.broker = broker;
        this.deferred = deferred;
        this.dead = dead;
        this.others = others;
    }

    /** Plain maps and lists, for JSON. */
    public Map<String, Object> now() {
        var out = new LinkedHashMap<String, Object>();
        List<String> problems = problems();
        out.put("problems", problems);
        if (broker != null) {
            var queues = new LinkedHashMap<String, Object>();
            broker.queues().stream().filter(q -> q.messages() > 0).forEach(q -> queues.put(q.name(), q.messages()));
            out.put("queues", queues);
        }
        stored(out, problems);
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        pools.each(view -> list.add(pool(view)));
        out.put("pools", list);
        return out;
    }

    private List<String> problems() {
        var out = new ArrayList<String>();
        if (broker != null) {
            broker.fault().ifPresent(out::add);
        }
        pools.each(view -> {
            if (!view.health().equals("healthy")) {
                out.add("[POOL_UNREACHABLE] pool %s: %s, %d failures in a row, the last: %s; no mail goes there until a trial succeeds"
                        .formatted(view.id(), view.health(), view.failuresInARow(), view.lastFailure()));
            }
        });
        return out;
    }

    private void stored(Map<String, Object> out, List<String> problems) {
        try {
            out.put("waiting", deferred.waiting().stream().map(w -> Map.of("provider", w.provider(), "kind", w.kind().id(), "messages", w.messages(),
                    "earliest", w.earliest().toString())).toList());
            out.put("dead_letters", dead.count(MailFilter.ANY));
            problems.addAll(others.now());
        } catch (SQLException e) {
            problems.add("[DATABASE_AWAY] database: " + e.getMessage()
                    + "; accepting and delivering go on, events wait in the broker; start it, or correct database.url");
        }
    }

    private static Map<String, @Nullable Object> pool(PoolView view) {
        var pool = new LinkedHashMap<String, @Nullable Object>();
        pool.put("id", view.id());
        pool.put("server", view.host() + ":" + view.port());
        pool.put("health", view.health());
        pool.put("in_flight", view.inFlight());
        pool.put("max_connections", view.maxConnections());
        pool.put("mean_seconds", Double.isNaN(view.meanSeconds()) ? null : Math.round(view.meanSeconds() * 1000) / 1000.0);
        pool.put("last_failure", view.lastFailure());
        pool.put("binding", view.binding());
        return pool;
    }
}
