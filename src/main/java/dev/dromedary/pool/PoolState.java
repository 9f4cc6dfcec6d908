package dev.dromedary.pool;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Rate;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.pace.RateBucket;
import dev.dromedary.pace.RateMeter;
import dev.dromedary.pace.Ticker;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one pool now: its room, its speed, whether it can be reached, and what providers make of it. Guarded by its own lock. */
final class PoolState implements Contender {
    private static final double LATENCY_SHARE = 0.1;
    /** Of a pool that sent next to nothing: one a minute. */
    private static final double LEAST_RATE = 1 / 60.0;

    private final DromedaryConfig.Pool config;
    private final Map<String, DromedaryConfig.Provider> providers;
    private final PoolHealth health;
    private final Limit whole;
    private final Map<String, Limit> byProvider = new HashMap<>();
    private final Map<String, Reputation> reputations = new HashMap<>();
    private final Map<String, RateMeter> sent = new HashMap<>();
    private final Ceilings ceilings;
    private final HeldBack heldBack;
    private final InstantSource clock;
    private final Ticker ticker;
    private final int reserve;
    private double meanSeconds = Double.NaN;

    PoolState(DromedaryConfig.Pool config, Map<String, DromedaryConfig.Provider> providers, DromedaryConfig.Health health,
            Ceilings ceilings, InstantSource clock, Ticker ticker, int reserve) {
        this.config = config;
        this.ceilings = ceilings;
        this.heldBack = new HeldBack(config.id(), ticker);
        this.providers = providers;
        this.health = new PoolHealth(health.failures(), health.halfOpenAfter());
        this.clock = clock;
        this.ticker = ticker;
        this.reserve = reserve;
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

    /** Until when a reaction lets nothing through, or null. */
    Ceiling.@Nullable Halt halt(String provider) {
        return ceilings.of(id(), provider).halt();
    }

    /** Null where there is room, else what binds and for how long; a halt apart. */
    synchronized Choice.@Nullable Full obstacle(String provider, PriorityClass priority) {
        Limit narrow = limitFor(provider);
        for (Limit limit : new Limit[] {whole, narrow}) {
            if (!limit.hasConnection(priority)) {
                return new Choice.Full(Duration.ZERO, limit.full());
            }
        }
        for (Limit limit : new Limit[] {whole, narrow}) {
            Duration wait = limit.untilRate();
            if (!wait.isZero()) {
                return new Choice.Full(wait, limit.name() + ": rate of " + limit.rate());
            }
        }
        Ceiling ceiling = ceilings.of(id(), provider);
        if (ceiling == Ceiling.NONE) {
            heldBack.clear(provider);
            return null;
        }
        return heldBack.obstacle(provider, ceiling, narrow, whole.maxConnections());
    }

    /** Messages a second to the provider: the configured rate, or what was sent lately; {@code NaN} where neither is known. */
    synchronized double usualRate(String provider) {
        DromedaryConfig.PoolLimit own = config.limits().get(provider);
        if (own != null && own.rate() != null) {
            return own.rate().perSecond();
        }
        RateMeter meter = sent.get(provider);
        return meter == null ? Double.NaN : Math.max(LEAST_RATE, meter.perSecond());
    }

    synchronized void take(String provider, PriorityClass priority) {
        whole.take(priority, true);
        limitFor(provider).take(priority, true);
        heldBack.take(provider);
        sent.computeIfAbsent(provider, p -> new RateMeter(ticker)).count();
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
    public synchronized PoolScore score(String provider) {
        return PoolScore.of(reputation(provider).score(clock.instant()), meanSeconds, whole.inFlight(), whole.maxConnections());
    }

    synchronized void delivered(String provider, PriorityClass priority, Duration took) {
        end(provider, priority);
        measure(took);
        reputation(provider).accepted(clock.instant());
        health.reached(clock.instant());
    }

    synchronized void refused(String provider, PriorityClass priority, Duration took, boolean heldAgainst) {
        end(provider, priority);
        measure(took);
        if (heldAgainst) {
            reputation(provider).heldAgainst(clock.instant());
        }
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

    private void measure(Duration took) {
        double seconds = took.toNanos() / 1e9;
        meanSeconds = Double.isNaN(meanSeconds) ? seconds : meanSeconds + LATENCY_SHARE * (seconds - meanSeconds);
    }

    private Reputation reputation(String provider) {
        Instant now = clock.instant();
        return reputations.computeIfAbsent(provider, p -> new Reputation(now));
    }

    /** The pool's own limit towards the provider, completed by what the provider is known to allow any pool. */
    private Limit limitFor(String provider) {
        return byProvider.computeIfAbsent(provider, this::newLimit);
    }

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
