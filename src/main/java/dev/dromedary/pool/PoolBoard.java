package dev.dromedary.pool;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.hold.Hold;
import dev.dromedary.hold.Holds;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.pace.RateBucket;
import dev.dromedary.pace.Ticker;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All pools as they are now, and the choice among them: of the pools of a delivery route that can be reached and have room, a
 * {@link PoolChooser} takes one.
 *
 * <p>Thread safe.
 */
public final class PoolBoard {
    /** A conversation has to end before there is room: look again soon, or when {@link #onRoom} is told. */
    private static final Duration CONNECTION_WAIT = Duration.ofMillis(100);

    private final Map<String, PoolState> pools = new LinkedHashMap<>();
    private final Map<String, Limit> routeLimits = new ConcurrentHashMap<>();
    private final ProviderLimits providerLimits;
    private final InstantSource clock;
    private final Ticker ticker;
    private final PoolChooser chooser;
    private volatile Holds holds;
    private volatile Consumer<@Nullable String> onRoom = provider -> { };

    public PoolBoard(DromedaryConfig config, InstantSource clock, Ticker ticker, RandomGenerator random) {
        this(config, Ceilings.NONE, new ScoreChooser(random), clock, ticker);
    }

    /** @param ceilings what is left of each pool towards each provider */
    public PoolBoard(DromedaryConfig config, Ceilings ceilings, PoolChooser chooser, InstantSource clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.chooser = chooser;
        this.providerLimits = new ProviderLimits(config.providers(), config.pace().shares().reserve(), ticker);
        this.holds = new Holds(clock);
        config.pools().values().forEach(pool ->
                pools.put(pool.id(), new PoolState(pool, config.providers(), config.health(), ceilings, clock, ticker, config.pace().shares().reserve())));
    }

    /** Pools held by these get no new conversations. */
    public void heldBy(Holds inForce) {
        this.holds = inForce;
    }

    /** Told whenever there may be room again: where a permit ends with its provider, where a pool can be reached again with null. */
    public void onRoom(Consumer<@Nullable String> listener) {
        this.onRoom = listener;
    }

    /** {@link #choose(RoomRequest)} for normal mail. */
    public Choice choose(DromedaryConfig.DeliveryRoute route, String provider, Set<String> tried) {
        return choose(new RoomRequest(route, provider, PriorityClass.NORMAL, tried, tried.isEmpty()));
    }

    /** Chooses a pool of the route for a message to the provider, leaving out those already tried, and reserves room there. */
    public synchronized Choice choose(RoomRequest request) {
        DromedaryConfig.DeliveryRoute route = request.route();
        Limit routeLimit = routeLimits.computeIfAbsent(route.id(), id ->
                new Limit("delivery route " + id, null, 0, route.rate() == null ? null : new RateBucket(route.rate(), ticker)));
        var candidates = route.pools().stream().filter(id -> !request.tried().contains(id)).map(pools::get).toList();
        if (candidates.isEmpty()) {
            return new Choice.Exhausted();
        }
        var free = candidates.stream().filter(pool -> holds.of(Hold.Kind.POOL, pool.id()) == null).toList();
        if (free.isEmpty()) {
            return held(candidates);
        }
        Duration routeWait = routeLimit.untilRate();
        Choice.@Nullable Full ceiling = providerLimits.obstacle(request);
        if (ceiling != null) {
            return ceiling;
        }
        if (!routeWait.isZero()) {
            return new Choice.Full(routeWait, routeLimit.name() + ": rate of " + routeLimit.rate());
        }
        Instant now = clock.instant();
        var reachable = free.stream().filter(pool -> pool.health().admits(now)).toList();
        if (reachable.isEmpty()) {
            return unreachable(free, now);
        }
        var withRoom = new ArrayList<PoolState>();
        Choice.@Nullable Full nearest = null;
        for (PoolState pool : reachable) {
            if (pool.halt(request.provider()) != null) {
                continue;
            }
            Choice.Full obstacle = pool.obstacle(request.provider(), request.priority());
            if (obstacle == null) {
                withRoom.add(pool);
            } else {
                nearest = sooner(nearest, obstacle);
            }
        }
        if (withRoom.isEmpty()) {
            return nearest == null ? halted(reachable, request.provider(), now)
                    : nearest.untilRoom().isZero() ? new Choice.Full(CONNECTION_WAIT, nearest.binding()) : nearest;
        }
        return new Choice.Taken(take(draw(withRoom, request), request, routeLimit));
    }

    private Permit take(PoolState pool, RoomRequest request, Limit routeLimit) {
        pool.take(request.provider(), request.priority());
        routeLimit.take(request.priority(), true);
        providerLimits.take(request);
        return new Permit(pool, request.provider(), request.priority(), sent -> {
            synchronized (this) {
                if (sent) {
                    routeLimit.end(request.priority());
                } else {
                    routeLimit.undo(request.priority(), true);
                }
                providerLimits.end(request, sent);
            }
            onRoom.accept(request.provider());
        });
    }

    /** Pools where a message may have room, as far as the pool as a whole goes. */
    List<String> withRoom() {
        return pools.values().stream().filter(PoolState::mayHaveRoom).map(PoolState::id).toList();
    }

    private PoolState draw(List<PoolState> withRoom, RoomRequest request) {
        return withRoom.get(withRoom.size() == 1 ? 0 : chooser.choose(withRoom, request));
    }

    private static Choice.Full sooner(Choice.@Nullable Full a, Choice.Full b) {
        return a == null || b.untilRoom().compareTo(a.untilRoom()) < 0 ? b : a;
    }

    /** Until the first of the holds ends. */
    private Choice held(List<PoolState> candidates) {
        List<Hold> all = candidates.stream().map(pool -> holds.of(Hold.Kind.POOL, pool.id())).filter(Objects::nonNull).toList();
        Instant end = all.stream().map(Hold::expires).min(Comparator.naturalOrder()).orElse(Instant.MIN);
        Duration left = Duration.between(clock.instant(), end);
        return all.size() < candidates.size() || left.isNegative()
                ? new Choice.Full(CONNECTION_WAIT, "a hold has just ended")
                : new Choice.Held(left, all.stream().map(Hold::text).collect(Collectors.joining("; ")), Holds.keyOf(all));
    }

    /** A halt may end between two looks; then the next look finds the pool open. */
    private static Choice.Halted halted(List<PoolState> candidates, String provider, Instant now) {
        Duration soonest = null;
        boolean bounces = true;
        var why = new StringBuilder();
        for (PoolState pool : candidates) {
            Ceiling.Halt halt = pool.halt(provider);
            Duration wait = halt == null || halt.until().isBefore(now) ? Duration.ZERO : Duration.between(now, halt.until());
            soonest = soonest == null || wait.compareTo(soonest) < 0 ? wait : soonest;
            bounces &= halt != null && halt.bounces();
            why.append(why.isEmpty() ? "" : "; ").append("pool ").append(pool.id()).append(" to ").append(provider).append(": ").append(halt == null ? "open again" : halt.why());
        }
        return new Choice.Halted(soonest == null ? Duration.ZERO : soonest, bounces, why.toString());
    }

    private static Choice.Unreachable unreachable(List<PoolState> candidates, Instant now) {
        Duration soonest = null;
        var why = new StringBuilder();
        for (PoolState pool : candidates) {
            Instant trial = pool.health().trialAt();
            Duration wait = trial == null || trial.isBefore(now) ? Duration.ZERO : Duration.between(now, trial);
            soonest = soonest == null || wait.compareTo(soonest) < 0 ? wait : soonest;
            why.append(why.isEmpty() ? "" : "; ").append("pool ").append(pool.id()).append(" is unhealthy: ").append(pool.health().lastFailure());
        }
        return new Choice.Unreachable(soonest == null ? Duration.ZERO : soonest, why.toString());
    }

    /** What a probe found. */
    public void probed(String pool, @Nullable String failure) {
        PoolState state = pools.get(pool);
        if (failure == null) {
            state.health().reached(clock.instant());
            onRoom.accept(null);
        } else {
            state.health().unreachable(clock.instant(), failure);
        }
    }

    /** Messages a second that the pool may send or lately sent to the provider; {@code NaN} where neither is known. */
    public double usualRate(String pool, String provider) {
        PoolState state = pools.get(pool);
        return state == null ? Double.NaN : state.usualRate(provider);
    }

    public List<String> ids() {
        return List.copyOf(pools.keySet());
    }

    /** Everything known of a pool towards a provider, for {@code explain} and status. */
    public PoolView view(String pool, String provider) {
        return view(pools.get(pool), provider);
    }

    public void each(Consumer<PoolView> reader) {
        pools.values().forEach(pool -> reader.accept(view(pool, "other")));
    }

    private PoolView view(PoolState pool, String provider) {
        return PoolView.of(pool, provider, clock.instant(), holds.of(Hold.Kind.POOL, pool.id()));
    }
}
