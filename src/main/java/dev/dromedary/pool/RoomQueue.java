package dev.dromedary.pool;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.pace.FairTurns;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for room, and who gets it when there is some: at a pool the classes take turns by weight, within a class its providers in a circle, and
 * at a provider again the classes by weight. Turns are counted at each pool and each provider, as what is scarce at one says nothing of another.
 * Room that those whose turn it is cannot use goes to the next.
 *
 * <p>Not thread safe, but for {@link #concerns}. It may call the board, which takes its own lock.
 */
public final class RoomQueue {
    private final PoolBoard board;
    private final DromedaryConfig.Shares shares;
    private final Map<String, FairTurns> poolTurns = new HashMap<>();
    private final Map<String, Line> lines = new HashMap<>();
    /** Providers with someone waiting, by class; the one longest without a turn first. */
    private final Map<PriorityClass, Set<String>> circles = new EnumMap<>(PriorityClass.class);
    private final int[] waiting = new int[PriorityClass.values().length];
    private final Map<String, Integer> waitingAt = new ConcurrentHashMap<>();
    private volatile boolean poolsWaitedFor;

    public RoomQueue(PoolBoard board, DromedaryConfig.Shares shares) {
        this.board = board;
        this.shares = shares;
        for (PriorityClass each : PriorityClass.values()) {
            circles.put(each, new LinkedHashSet<>());
        }
        board.ids().forEach(id -> poolTurns.put(id, new FairTurns(shares)));
    }

    /** One message's wait. It ends with a choice, or by {@link RoomQueue#leave}. */
    public static final class Waiter {
        private final RoomRequest request;
        private final Group group;
        private final Runnable served;
        private @Nullable Choice choice;

        private Waiter(RoomRequest request, Group group, Runnable served) {
            this.request = request;
            this.group = group;
            this.served = served;
        }

        public RoomRequest request() {
            return request;
        }

        /** What it waited for when that was last looked at, or null before. */
        public Choice.@Nullable Full full() {
            return group.full;
        }

        /** Null while it waits; then anything but {@link Choice.Full}. */
        public @Nullable Choice choice() {
            return choice;
        }
    }

    /** Those who wait at one provider. */
    private static final class Line {
        private final FairTurns turns;
        private final Map<PriorityClass, Map<RoomRequest, Group>> groups = new EnumMap<>(PriorityClass.class);

        Line(FairTurns turns) {
            this.turns = turns;
        }

        Map<RoomRequest, Group> of(PriorityClass priority) {
            return groups.getOrDefault(priority, Map.of());
        }
    }

    /** Those who wait for the same. */
    private static final class Group {
        private final Deque<Waiter> waiters = new ArrayDeque<>();
        private Choice.@Nullable Full full;
    }

    /** @param served called when the wait ended with a choice */
    public Waiter join(RoomRequest request, Runnable served) {
        PriorityClass priority = request.priority();
        if (waiting[priority.ordinal()]++ == 0) {
            poolTurns.values().forEach(turns -> turns.arrived(priority));
        }
        waitingAt.merge(request.provider(), 1, Integer::sum);
        Line line = lines.computeIfAbsent(request.provider(), provider -> new Line(new FairTurns(shares)));
        var groups = line.groups.computeIfAbsent(priority, each -> new LinkedHashMap<>());
        if (groups.isEmpty()) {
            line.turns.arrived(priority);
            circles.get(priority).add(request.provider());
        }
        Group group = groups.computeIfAbsent(request, each -> new Group());
        Waiter waiter = new Waiter(request, group, served);
        group.waiters.add(waiter);
        return waiter;
    }

    /**
     * Whether a message of this provider, or room it makes, has to do with anyone who waits. Where all wait for the ceilings of their own providers, as a
     * million messages for a slow one do, the mail of others need not come here. Thread safe.
     */
    public boolean concerns(String provider) {
        return poolsWaitedFor || waitingAt.containsKey(provider);
    }

    /** Calls everyone, served or not. */
    public void wakeAll() {
        lines.values().forEach(line -> line.groups.values().forEach(groups -> groups.values().forEach(group -> group.waiters.forEach(waiter -> waiter.served.run()))));
    }

    /** Ends a wait that came to nothing. */
    public void leave(Waiter waiter) {
        var groups = lines.get(waiter.request.provider()).of(waiter.request.priority());
        waiter.group.waiters.remove(waiter);
        left(waiter, groups, waiter.group);
    }

    private void left(Waiter waiter, Map<RoomRequest, Group> groups, Group group) {
        waiting[waiter.request.priority().ordinal()]--;
        waitingAt.computeIfPresent(waiter.request.provider(), (provider, count) -> count == 1 ? null : count - 1);
        if (group.waiters.isEmpty()) {
            groups.remove(waiter.request);
        }
        if (groups.isEmpty()) {
            circles.get(waiter.request.priority()).remove(waiter.request.provider());
        }
    }

    /**
     * Hands out all the room there is.
     *
     * @return how long until there may be more, or null where none waits
     */
    public @Nullable Duration serve() {
        var full = new HashMap<RoomRequest, Choice.Full>();
        while (serveOne(full)) {
            // what is left is looked at again
        }
        serveTheRest(full);
        poolsWaitedFor = full.values().stream().anyMatch(none -> !none.provider());
        return full.values().stream().map(Choice.Full::untilRoom).min(Duration::compareTo).orElse(null);
    }

    private boolean serveOne(Map<RoomRequest, Choice.Full> full) {
        for (String pool : board.withRoom()) {
            for (PriorityClass priority : poolTurns.get(pool).order()) {
                if (waiting[priority.ordinal()] > 0 && serveOne(pool, priority, full)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The class whose turn it is at the pool finds a provider; the provider says whose turn it is there. */
    private boolean serveOne(String pool, PriorityClass priority, Map<RoomRequest, Choice.Full> full) {
        for (String provider : circles.get(priority)) {
            Line line = lines.get(provider);
            for (PriorityClass turn : line.turns.order()) {
                for (RoomRequest request : line.of(turn).keySet()) {
                    if (request.mayUse(pool) && !full.containsKey(request) && ask(request, full)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Those whose pools are all full or unhealthy: the board says which. */
    private void serveTheRest(Map<RoomRequest, Choice.Full> full) {
        for (Line line : lines.values()) {
            for (PriorityClass priority : PriorityClass.values()) {
                for (RoomRequest request : List.copyOf(line.of(priority).keySet())) {
                    while (!full.containsKey(request) && line.of(priority).containsKey(request)) {
                        ask(request, full);
                    }
                }
            }
        }
    }

    /** @return whether the first of those who ask this was served */
    private boolean ask(RoomRequest request, Map<RoomRequest, Choice.Full> full) {
        Line line = lines.get(request.provider());
        var groups = line.of(request.priority());
        Group group = groups.get(request);
        Choice choice = board.choose(request);
        if (choice instanceof Choice.Full none) {
            full.put(request, none);
            group.full = none;
            return false;
        }
        Waiter first = group.waiters.remove();
        if (choice instanceof Choice.Taken taken) {
            poolTurns.get(taken.permit().pool()).taken(request.priority());
            line.turns.taken(request.priority());
            // The other providers of the class, and those of this one that ask for something else, are next.
            circles.get(request.priority()).remove(request.provider());
            circles.get(request.priority()).add(request.provider());
            groups.remove(request);
            groups.put(request, group);
        }
        left(first, groups, group);
        first.choice = choice;
        first.served.run();
        return true;
    }
}
