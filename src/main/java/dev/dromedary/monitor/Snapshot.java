package dev.dromedary.monitor;

import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.PoolView;
import dev.dromedary.retry.DeferredStore;
import dev.dromedary.smtp.ConnectionCounts;
import dev.dromedary.store.EmbeddedBroker;
import dev.dromedary.store.QueueState;
import dev.dromedary.store.Queues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands rather than what happens: depths of queues, what waits in the database, the state of pools and their connections. Taken
 * by a timer, not at each scrape, so that a scrape costs the broker and the database nothing.
 */
public final class Snapshot {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    /** Counting a million rows takes a second, on more than one core: it pauses so many times as long as it took. */
    private static final int COUNT_PAUSE = 50;

    private final @Nullable EmbeddedBroker broker;
    private final DeferredStore deferred;
    private final PoolBoard pools;
    private final Map<String, Supplier<ConnectionCounts>> connections;
    private final MultiGauge queued;
    private final MultiGauge delivering;
    private final MultiGauge oldest;
    private final MultiGauge waiting;
    private final MultiGauge inFlight;
    private final MultiGauge open;
    private final MultiGauge idle;
    private final MultiGauge limit;
    private final MultiGauge available;
    private final InstantSource clock;
    private long nextCount = System.nanoTime();

    /**
     * @param broker      the embedded broker, or null: an outside one has its own meters
     * @param connections of each pool by its id
     */
    public Snapshot(MeterRegistry registry, @Nullable EmbeddedBroker broker, DeferredStore deferred, PoolBoard pools,
            Map<String, Supplier<ConnectionCounts>> connections, InstantSource clock) {
        this.broker = broker;
        this.deferred = deferred;
        this.pools = pools;
        this.connections = Map.copyOf(connections);
        this.clock = clock;
        queued = gauge(registry, "dromedary.queue.messages", "Messages in a queue of the embedded broker, those under way included");
        delivering = gauge(registry, "dromedary.queue.delivering", "Messages of a queue that are under way");
        oldest = MultiGauge.builder("dromedary.queue.age").baseUnit("seconds").description("How long the first message of a lane has been there; 0 where there is none").register(registry);
        waiting = gauge(registry, "dromedary.waiting", "Messages that wait in the database for their time");
        inFlight = gauge(registry, "dromedary.pool.in.flight", "Messages being sent through a pool");
        open = gauge(registry, "dromedary.pool.connections.open", "SMTP connections of a pool, in use and idle");
        idle = gauge(registry, "dromedary.pool.connections.idle", "SMTP connections of a pool kept for the next message");
        limit = gauge(registry, "dromedary.pool.connections.limit", "SMTP connections that a pool may have");
        available = gauge(registry, "dromedary.pool.available", "1 where a pool is healthy, 0 where it was taken out or is on trial");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Takes the next one. Where the database is away, what waits in it keeps its last values. */
    public void take() {
        if (broker != null) {
            List<QueueState> queues = broker.queues();
            queued.register(queues.stream().<Row<?>>map(q -> Row.of(Tags.of("queue", q.name()), q.messages())).toList(), true);
            delivering.register(queues.stream().<Row<?>>map(q -> Row.of(Tags.of("queue", q.name()), q.delivering())).toList(), true);
            Instant now = clock.instant();
            oldest.register(queues.stream().filter(q -> Queues.isLane(q.name())).<Row<?>>map(q -> Row.of(Tags.of("queue", q.name()), age(broker, q, now))).toList(), true);
        }
        pools();
        long start = System.nanoTime();
        if (start - nextCount >= 0) {
            countWaiting();
            long end = System.nanoTime();
            nextCount = end + COUNT_PAUSE * (end - start);
        }
    }

    private static double age(EmbeddedBroker broker, QueueState queue, Instant now) {
        return queue.messages() == 0 ? 0 : broker.oldest(queue.name()).map(at -> Math.max(0, Duration.between(at, now).toMillis() / 1000.0)).orElse(0.0);
    }

    private void countWaiting() {
        try {
            waiting.register(deferred.waiting().stream()
                    .<Row<?>>map(w -> Row.of(Tags.of("provider", w.provider(), "kind", w.kind().id()), w.messages())).toList(), true);
        } catch (SQLException e) {
            LOG.debug("[SNAPSHOT_PARTIAL] database: {}; dromedary_waiting keeps its last values", e.getMessage());
        }
    }

    private void pools() {
        List<PoolView> views = new ArrayList<>();
        pools.each(views::add);
        inFlight.register(views.stream().<Row<?>>map(v -> Row.of(Tags.of("pool", v.id()), v.inFlight())).toList(), true);
        limit.register(views.stream().<Row<?>>map(v -> Row.of(Tags.of("pool", v.id()), v.maxConnections())).toList(), true);
        available.register(views.stream().<Row<?>>map(v -> Row.of(Tags.of("pool", v.id()), v.health().equals("healthy") ? 1 : 0)).toList(), true);
        open.register(connections.entrySet().stream().<Row<?>>map(c -> Row.of(Tags.of("pool", c.getKey()), c.getValue().get().open())).toList(), true);
        idle.register(connections.entrySet().stream().<Row<?>>map(c -> Row.of(Tags.of("pool", c.getKey()), c.getValue().get().idle())).toList(), true);
    }
}
