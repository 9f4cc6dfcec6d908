package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.Envelope;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.pace.ThrottleWindow;
import dev.dromedary.store.Queues;
import dev.dromedary.store.StorageException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of all providers and classes. Those for normal mail are open from the start; those for urgent and bulk mail, which most providers
 * never see, are opened when there is something for them, and closed when there was nothing for a while: an idle consumer asks the broker
 * every second.
 *
 * <p>What this node puts on a lane opens it at once; what another node or the time before a restart left there is found by {@link #watch}.
 * Thread-safe.
 */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final List<PriorityClass> ON_DEMAND = List.of(PriorityClass.URGENT, PriorityClass.BULK);
    private static final long IDLE_NANOS = Duration.ofMinutes(5).toNanos();

    private final DromedaryConfig config;
    private final UnaryOperator<Set<String>> holding;
    private final int looksEvery;
    private int ticks;
    private final Map<String, Lane> byQueue;
    /** Queues of open lanes, with the last time that they were seen in use. */
    private final Map<String, Long> open = new ConcurrentHashMap<>();
    private final ExecutorService opener = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "lane-opener");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable CamelContext camel;

    private record Lane(DromedaryConfig.Provider provider, PriorityClass priority) {
        String routeId() {
            return routeId(provider.id(), priority);
        }

        static String routeId(String provider, PriorityClass priority) {
            return LaneWaits.ROUTE_PREFIX + provider + (priority == PriorityClass.NORMAL ? "" : "." + priority.id());
        }

        String queue() {
            return Queues.lane(provider.id(), priority);
        }
    }

    /**
     * @param holding    those of some queues that hold messages
     * @param looksEvery so many calls of {@link #watch} make one look: an outside broker has to be asked queue by queue
     */
    Lanes(DromedaryConfig config, UnaryOperator<Set<String>> holding, int looksEvery) {
        this.config = config;
        this.holding = holding;
        this.looksEvery = looksEvery;
        this.byQueue = config.providers().values().stream().flatMap(provider -> ON_DEMAND.stream().map(priority -> new Lane(provider, priority)))
                .collect(Collectors.toUnmodifiableMap(Lane::queue, lane -> lane));
    }

    /** The ids that a provider's routes may have, open or not. */
    static List<String> routeIds(String provider) {
        return Arrays.stream(PriorityClass.values()).map(priority -> Lane.routeId(provider, priority)).toList();
    }

    /** Those for normal mail, each behind its provider's ceiling, and those with something left. */
    void open(CamelContext context) {
        camel = context;
        for (DromedaryConfig.Provider provider : config.providers().values()) {
            ThrottleWindow window = ThrottleWindow.of(provider.rate());
            TemplatedRouteBuilder.builder(context, "ceiling").routeId("ceiling-" + provider.id())
                    .parameter("provider", provider.id())
                    .parameter("permits", window.permits())
                    .parameter("periodMillis", window.periodMillis())
                    .add();
            add(context, new Lane(provider, PriorityClass.NORMAL));
        }
        look(IDLE_NANOS);
    }

    /** A message is on its way to its lane. */
    void use(Envelope envelope) {
        if (PriorityClass.of(envelope.priority()) != PriorityClass.NORMAL) {
            String queue = Queues.lane(envelope);
            if (open.computeIfPresent(queue, (name, before) -> System.nanoTime()) == null && !opener.isShutdown()) {
                opener.execute(() -> openOne(queue));
            }
        }
    }

    /** Opens lanes that hold mail and closes those long without. */
    public synchronized void watch() {
        if (ticks++ % looksEvery == 0) {
            look(IDLE_NANOS);
        }
    }

    synchronized void look(long idleNanos) {
        if (camel == null) {
            return;
        }
        try {
            Set<String> held = holding.apply(byQueue.keySet());
            held.forEach(this::openOne);
            long now = System.nanoTime();
            held.forEach(queue -> open.computeIfPresent(queue, (name, before) -> now));
            List<String> idle = open.entrySet().stream().filter(lane -> now - lane.getValue() > idleNanos && !held.contains(lane.getKey())).map(Map.Entry::getKey).toList();
            idle.forEach(this::closeOne);
        } catch (StorageException e) {
            LOG.debug("[LANES_UNSEEN] {}; looked at again in a moment", e.getMessage());
        }
    }

    private synchronized void openOne(String queue) {
        CamelContext context = camel;
        Lane lane = byQueue.get(queue);
        if (context != null && lane != null && !context.isStopping() && !context.isStopped() && !open.containsKey(queue)) {
            add(context, lane);
            open.put(queue, System.nanoTime());
        }
    }

    private void add(CamelContext context, Lane lane) {
        int consumers = lane.provider().consumers();
        TemplatedRouteBuilder.builder(context, "lane").routeId(lane.routeId())
                .parameter("provider", lane.provider().id())
                .parameter("queue", lane.queue())
                .parameter("consumers", consumers)
                .add();
    }

    /** Forgets it first, so that a message from now on opens it again: if one slips in before, {@link #watch} finds it. */
    private void closeOne(String queue) {
        Lane lane = byQueue.get(queue);
        CamelContext context = camel;
        if (lane == null || context == null) {
            return;
        }
        open.remove(queue);
        try {
            context.getRouteController().stopRoute(lane.routeId());
            context.removeRoute(lane.routeId());
        } catch (Exception e) {
            LOG.warn("[LANE_CLOSE] {}: {}; it stays as it is", lane.routeId(), e.toString());
        }
    }

    @Override
    public void close() {
        opener.shutdownNow();
    }
}
