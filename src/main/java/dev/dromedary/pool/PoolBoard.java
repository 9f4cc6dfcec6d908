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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final Map<String, Members> routes = new HashMap<>();
    /** Filled anew by each choice: one for every message would be much to throw away. */
    private final List<PoolState> free = new ArrayList<>();
    private final List<PoolState> withRoom = new ArrayList<>();
    private final ProviderLimits providerLimits;
    private final InstantSource clock;
    private final Ticker ticker;
    private final PoolChooser chooser;
    private volatile Holds holds;
    private volatile Consumer<@Nullable String> onRoom = provider -> { };

    /** The pools of a delivery route, and its own limit. */
    private record Members(Limit limit, List<PoolState> pools) {
    }

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
                pools.put(pool.id(), new PoolState(pool, config, ceilings, clock, ticker)));
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
        Members route = members(request.route());
        int untried = listFree(route, request);
        if (untried == 0) {
            return new Choice.Exhausted();
        }
        if (free.isEmpty()) {
            return held(route.pools().stream().filter(pool -> !request.tried().contains(pool.id())).toList());
        }
        Choice.@Nullable Full ceiling = providerLimits.obstacle(request);
        if (ceiling != null) {
            return ceiling;
        }
        Duration routeWait = route.limit().untilRate();
        if (!routeWait.isZero()) {
            return new Choice.Full(routeWait, route.limit().name() + ": rate of " + route.limit().rate());
        }
        Instant now = clock.instant();
        Choice none = listWithRoom(request, now);
        if (none != null) {
            return none;
        }
        int chosen = withRoom.size() == 1 ? 0 : chooser.choose(withRoom, request);
        return new Choice.Taken(take(withRoom.get(chosen), request, route.limit()));
    }

    /** @return how many were not tried, held or not */
    private int listFree(Members route, RoomRequest request) {
        free.clear();
        int untried = 0;
        for (PoolState pool : route.pools()) {
            if (!request.tried().contains(pool.id())) {
                untried++;
                if (holds.of(Hold.Kind.POOL, pool.id()) == null) {
                    free.add(pool);
                }
            }
        }
        return untried;
    }

    /** @return why there is none with room, or null where there is */
    private @Nullable Choice listWithRoom(RoomRequest request, Instant now) {
        withRoom.clear();
        boolean reachable = false;
        Choice.@Nullable Full nearest = null;
        for (PoolState pool : free) {
            if (!pool.health().admits(now)) {
                continue;
            }
            reachable = true;
            Ceiling ceiling = pool.ceiling(request.provider());
            if (ceiling.halt() != null) {
                continue;
            }
            Choice.Full obstacle = pool.obstacle(request.provider(), request.priority(), ceiling);
            if (obstacle == null) {
                withRoom.add(pool);
            } else {
                nearest = sooner(nearest, obstacle);
            }
        }
        if (!withRoom.isEmpty()) {
            return null;
        }
        if (!reachable) {
            return unreachable(free, now);
        }
        return nearest == null ? halted(free.stream().filter(pool -> pool.health().admits(now)).toList(), request.provider(), now)
                : nearest.untilRoom().isZero() ? new Choice.Full(CONNECTION_WAIT, nearest.binding()) : nearest;
    }

    private Members members(DromedaryConfig.DeliveryRoute route) {
        Members known = routes.get(route.id());
        if (known == null) {
            RateBucket bucket = route.rate() == null ? null : new RateBucket(route.rate(), ticker);
            known = new Members(new Limit("delivery route " + route.id(), null, 0, bucket), route.pools().stream().map(pools::get).toList());
            routes.put(route.id(), known);
        }
        return known;
    }

    /**
     * How often each pool would be taken for such a message as things stand, were it asked for so many times; nothing is taken.
     *
     * @param draws a chooser beside the one in use, whose randomness is left alone
     * @return empty where none has room
     */
    public synchronized Map<String, Integer> odds(RoomRequest request, PoolChooser draws, int times) {
        var odds = new LinkedHashMap<String, Integer>();
        if (listFree(members(request.route()), request) > 0 && !free.isEmpty() && listWithRoom(request, clock.instant()) == null) {
            for (int i = 0; i < times; i++) {
                odds.merge(withRoom.get(withRoom.size() == 1 ? 0 : draws.choose(withRoom, request)).id(), 1, Integer::sum);
            }
        }
        return odds;
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
            Ceiling.Halt halt = pool.ceiling(provider).halt();
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

    /** Whether the pool can be reached and is not held. */
    public boolean usable(String pool) {
        return holds.of(Hold.Kind.POOL, pool) == null && pools.get(pool).health().admits(clock.instant());
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
