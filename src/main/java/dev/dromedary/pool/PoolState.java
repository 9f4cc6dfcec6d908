package dev.dromedary.pool;

import dev.dromedary.config.ChoiceSettings;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Rate;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.pace.RateBucket;
import dev.dromedary.pace.RateMeter;
import dev.dromedary.pace.Ticker;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one pool now: its room, its speed, and whether it can be reached. Guarded by its own lock. */
final class PoolState implements Contender {
    private static final double LATENCY_SHARE = 0.1;
    /** Of a pool that sent next to nothing: one a minute. */
    private static final double LEAST_RATE = 1 / 60.0;

    private final DromedaryConfig.Pool config;
    private final Map<String, DromedaryConfig.Provider> providers;
    private final PoolHealth health;
    private final Limit whole;
    private final Map<String, Towards> byProvider = new HashMap<>();
    private final ChoiceSettings choice;
    private final Ceilings ceilings;
    private final HeldBack heldBack;
    private final InstantSource clock;
    private final Ticker ticker;
    private final int reserve;
    private double meanSeconds = Double.NaN;

    /** What is known towards one provider. */
    private record Towards(Limit limit, RateMeter sent, ConversationCost cost) {
    }

    PoolState(DromedaryConfig.Pool config, DromedaryConfig whole, Ceilings ceilings, InstantSource clock, Ticker ticker) {
        this.config = config;
        this.ceilings = ceilings;
        this.choice = whole.brain().choice();
        DromedaryConfig.Health health = whole.health();
        this.heldBack = new HeldBack(config.id(), ticker);
        this.providers = whole.providers();
        this.health = new PoolHealth(health.failures(), health.halfOpenAfter());
        this.clock = clock;
        this.ticker = ticker;
        this.reserve = whole.pace().shares().reserve();
        this.whole = new Limit("pool " + config.id(), config.maxConnections(), reserve, bucket(config.rate()));
    }

    @Override
    public String id() {
        return config.id();
    }

    DromedaryConfig.Pool config() {
        return config;
    }

    PoolHealth health() {
        return health;
    }

    /** What is left of the pool towards the provider. */
    Ceiling ceiling(String provider) {
        return ceilings.of(id(), provider);
    }

    /** Null where there is room, else what binds and for how long; a halt apart. */
    synchronized Choice.@Nullable Full obstacle(String provider, PriorityClass priority, Ceiling ceiling) {
        Limit narrow = limitFor(provider);
        if (!whole.hasConnection(priority)) {
            return new Choice.Full(Duration.ZERO, whole.full());
        }
        if (!narrow.hasConnection(priority)) {
            return new Choice.Full(Duration.ZERO, narrow.full());
        }
        Choice.Full rate = rateOf(whole);
        if (rate == null) {
            rate = rateOf(narrow);
        }
        if (rate != null) {
            return rate;
        }
        if (ceiling == Ceiling.NONE) {
            heldBack.clear(provider);
            return null;
        }
        return heldBack.obstacle(provider, ceiling, narrow, whole.maxConnections());
    }

    private static Choice.@Nullable Full rateOf(Limit limit) {
        Duration wait = limit.untilRate();
        return wait.isZero() ? null : new Choice.Full(wait, limit.name() + ": rate of " + limit.rate());
    }

    /** Messages a second to the provider: the configured rate, or what was sent lately; {@code NaN} where neither is known. */
    synchronized double usualRate(String provider) {
        DromedaryConfig.PoolLimit own = config.limits().get(provider);
        if (own != null && own.rate() != null) {
            return own.rate().perSecond();
        }
        Towards towards = byProvider.get(provider);
        return towards == null ? Double.NaN : Math.max(LEAST_RATE, towards.sent().perSecond());
    }

    synchronized void take(String provider, PriorityClass priority) {
        Towards towards = towards(provider);
        whole.take(priority, true);
        towards.limit().take(priority, true);
        heldBack.take(provider);
        towards.sent().count();
        health.started(clock.instant());
    }

    @Override
    public int weight() {
        return config.weight();
    }

    @Override
    public int maxConnections() {
        return config.maxConnections();
    }

    @Override
    public synchronized double cost(String provider) {
        Towards towards = byProvider.get(provider);
        return towards == null ? Double.NaN : towards.cost().now();
    }

    synchronized void delivered(String provider, PriorityClass priority, Duration took) {
        end(provider, priority);
        measure(provider, took, false);
        health.reached(clock.instant());
    }

    synchronized void refused(String provider, PriorityClass priority, Duration took, boolean heldAgainst) {
        end(provider, priority);
        measure(provider, took, heldAgainst);
        health.reached(clock.instant());
    }

    synchronized void unreachable(String provider, PriorityClass priority, String why) {
        end(provider, priority);
        health.unreachable(clock.instant(), why);
    }

    synchronized void undo(String provider, PriorityClass priority) {
        whole.undo(priority, true);
        limitFor(provider).undo(priority, true);
        heldBack.giveBack(provider);
        health.undecided();
    }

    @Override
    public synchronized int inFlight() {
        return whole.inFlight();
    }

    @Override
    public synchronized double meanSeconds() {
        return meanSeconds;
    }

    private void end(String provider, PriorityClass priority) {
        whole.end(priority);
        limitFor(provider).end(priority);
    }

    private void measure(String provider, Duration took, boolean failed) {
        double seconds = took.toNanos() / 1e9;
        meanSeconds = Double.isNaN(meanSeconds) ? seconds : meanSeconds + LATENCY_SHARE * (seconds - meanSeconds);
        towards(provider).cost().measured(seconds, failed);
    }

    private Limit limitFor(String provider) {
        return towards(provider).limit();
    }

    private Towards towards(String provider) {
        Towards known = byProvider.get(provider);
        if (known == null) {
            known = new Towards(newLimit(provider), new RateMeter(ticker), new ConversationCost(choice, ticker));
            byProvider.put(provider, known);
        }
        return known;
    }

    /** The pool's own limit towards the provider, completed by what the provider is known to allow any pool. */
    private Limit newLimit(String provider) {
        DromedaryConfig.PoolLimit own = config.limits().get(provider);
        DromedaryConfig.Provider known = providers.get(provider);
        Integer connections = own != null && own.maxConnections() != null ? own.maxConnections() : known == null ? null : known.maxConnections();
        return new Limit("pool " + config.id() + " to " + provider, connections, reserve, bucket(own == null ? null : own.rate()));
    }

    private @Nullable RateBucket bucket(@Nullable Rate rate) {
        return rate == null ? null : new RateBucket(rate, ticker);
    }

    /** Whether any message could have room, as far as the pool as a whole goes. */
    synchronized boolean mayHaveRoom() {
        return whole.hasConnection(PriorityClass.URGENT) && whole.untilRate().isZero();
    }

    synchronized Limit limit(String provider) {
        return limitFor(provider);
    }

    Limit whole() {
        return whole;
    }
}
