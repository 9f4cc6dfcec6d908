package dev.dromedary.rehearsal;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.DeliveryRoute;
import dev.dromedary.config.Scenario;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Failover;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.pool.Choice;
import dev.dromedary.pool.Permit;
import dev.dromedary.pool.RoomQueue;
import dev.dromedary.pool.RoomRequest;
import dev.dromedary.pool.RouteTable;
import dev.dromedary.rehearsal.Answer.Kind;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One message's way through a rehearsal, as the routes lead it in production: wait for room, offer, fail over, settle. */
final class Dispatch {
    private static final long REFUSED_CONNECTION = TimeUnit.MILLISECONDS.toNanos(50);
    /** Room is handed out no more often, which costs a conversation that long at most. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LEAST_PARK = TimeUnit.SECONDS.toNanos(1);
    private static final Duration UNREACHABLE_WAIT = Duration.ofSeconds(30);

    private final DromedaryConfig config;
    private final Mind mind;
    private final World world;
    private final Agenda agenda;
    private final VirtualTime time;
    private final Tally tally;
    private final RoomQueue queue;
    private final RouteTable routes;
    private final Retries retries;
    private final RandomGenerator random;
    private final Map<String, Map<RoomRequest, Line>> lines = new HashMap<>();
    private final Map<RoomRequest, RoomRequest> known = new HashMap<>();
    private final List<Line> served = new ArrayList<>();
    private final Map<String, String> domains = new HashMap<>();
    private final Map<String, String> senderDomains = new HashMap<>();
    private long nextLook = Long.MAX_VALUE;
    private long lastLook;

    /** Messages that ask for the same, the first of which waits in the queue. */
    private static final class Line {
        private final Deque<SimMessage> messages = new ArrayDeque<>();
        private RoomQueue.@Nullable Waiter waiter;
    }

    Dispatch(DromedaryConfig config, Mind mind, World world, Agenda agenda, VirtualTime time, Tally tally, RandomGenerator random) {
        this.config = config;
        this.mind = mind;
        this.world = world;
        this.agenda = agenda;
        this.time = time;
        this.tally = tally;
        this.random = random;
        this.queue = new RoomQueue(mind.board(), config.pace().shares());
        this.routes = new RouteTable(config.routes(), random);
        this.retries = new Retries(config, time, random);
        mind.board().onRoom(this::roomMade);
    }

    void accept(SimMessage message) {
        tally.accepted(message);
        enter(message);
    }

    /** Into its lane, for the first time or again. */
    private void enter(SimMessage message) {
        if (mind.pauses(message.traffic, senderDomain(message.traffic))) {
            tally.paused(message);
            return;
        }
        RoomRequest request = request(message);
        if (request == null) {
            retryOrExpire(message, Category.NETWORK_TRANSIENT, UNREACHABLE_WAIT);
            return;
        }
        if (message.avoid != null && mind.board().choose(known(request.without(message.avoid))) instanceof Choice.Taken taken) {
            converse(message, taken.permit());
            return;
        }
        if (!queue.concerns(message.provider)) {
            Choice choice = mind.board().choose(request);
            if (!(choice instanceof Choice.Full full)) {
                answer(message, choice);
                return;
            }
            lookIn(full.untilRoom().toNanos());
        } else if (nextLook == Long.MAX_VALUE) {
            lookIn(0);
        }
        Line line = line(request);
        line.messages.add(message);
        join(request, line);
    }

    private Line line(RoomRequest request) {
        return lines.computeIfAbsent(request.provider(), provider -> new HashMap<>()).computeIfAbsent(request, each -> new Line());
    }

    private void join(RoomRequest request, Line line) {
        if (line.waiter == null && !line.messages.isEmpty()) {
            line.waiter = queue.join(request, () -> served.add(line));
        }
    }

    private @Nullable RoomRequest request(SimMessage message) {
        Scenario.Traffic traffic = message.traffic;
        DeliveryRoute route = routes.routeFor(domainOf(message.provider), message.provider, traffic.stream(), senderDomain(traffic)).orElse(null);
        return route == null ? null : known(new RoomRequest(route, message.provider, PriorityClass.of(traffic.priority()), message.tried, message.tried.isEmpty()));
    }

    /** One object for all equal ones, so that comparing them is quick. */
    private RoomRequest known(RoomRequest request) {
        RoomRequest before = known.putIfAbsent(request, request);
        return before == null ? request : before;
    }

    private String senderDomain(Scenario.Traffic traffic) {
        return senderDomains.computeIfAbsent(traffic.sender(), sender -> sender.substring(sender.indexOf('@') + 1));
    }

    private String domainOf(String provider) {
        return domains.computeIfAbsent(provider, id ->
                config.providers().get(id).patterns().stream().filter(pattern -> !pattern.contains("*")).findFirst().orElse(id + ".example"));
    }

    private void roomMade(@Nullable String provider) {
        if (provider == null || queue.concerns(provider)) {
            lookIn(0);
        }
    }

    private void lookIn(long nanos) {
        long at = Math.max(time.nanos() + nanos, lastLook + LOOK);
        if (at < nextLook) {
            nextLook = at;
            agenda.add(at, () -> look(at));
        }
    }

    private void look(long planned) {
        if (planned != nextLook) {
            return;
        }
        nextLook = Long.MAX_VALUE;
        lastLook = time.nanos();
        Duration until;
        do {
            served.clear();
            until = queue.serve();
        } while (handOut());
        if (until != null) {
            lookIn(until.toNanos());
        }
    }

    private boolean handOut() {
        List<Line> now = List.copyOf(served);
        for (Line line : now) {
            RoomQueue.Waiter waiter = line.waiter;
            line.waiter = null;
            SimMessage message = line.messages.poll();
            join(waiter.request(), line);
            if (waiter.choice() instanceof Choice.Taken taken && mind.pauses(message.traffic, senderDomain(message.traffic))) {
                taken.permit().nothingSent();
                tally.paused(message);
            } else {
                answer(message, waiter.choice());
            }
        }
        return !now.isEmpty();
    }

    private void answer(SimMessage message, Choice choice) {
        if (choice instanceof Choice.Taken taken) {
            converse(message, taken.permit());
        } else if (choice instanceof Choice.Halted halted) {
            if (halted.bounces()) {
                tally.bounced(message);
            } else {
                park(message, halted.untilOpen());
            }
        } else if (choice instanceof Choice.Held held) {
            park(message, held.untilEnd());
        } else if (choice instanceof Choice.Full full) {
            park(message, full.untilRoom());
        } else if (choice instanceof Choice.Unreachable unreachable) {
            retryOrExpire(message, Category.NETWORK_TRANSIENT, unreachable.untilTrial());
        } else {
            retryOrExpire(message, Category.NETWORK_TRANSIENT, UNREACHABLE_WAIT);
        }
    }

    /** Not an attempt: nothing was asked of anyone. */
    private void park(SimMessage message, Duration wait) {
        agenda.add(time.nanos() + Math.max(LEAST_PARK, wait.toNanos()), () -> enter(message));
    }

    private void converse(SimMessage message, Permit permit) {
        Account account = world.account(permit.pool(), message.provider);
        long begun = time.nanos();
        Scenario.Effect pool = account.poolUnreachable(begun);
        if (pool != null) {
            long wait = pool == Scenario.Effect.OUTAGE ? REFUSED_CONNECTION : config.pools().get(permit.pool()).timeouts().connect().toNanos();
            agenda.add(begun + wait, () -> ended(message, permit, Kind.NO_CONNECTION, begun));
            return;
        }
        account.opened();
        boolean away = account.providerUnreachable(begun) != null;
        agenda.add(begun + account.takes(begun), () -> {
            if (away) {
                account.closed();
                ended(message, permit, Kind.AWAY, begun);
            } else {
                ended(message, permit, account.answer(message, time.nanos()), begun);
            }
        });
    }

    private void ended(SimMessage message, Permit permit, Kind kind, long begun) {
        Answer answer = world.answers(message.provider).of(kind);
        Duration took = Duration.ofNanos(time.nanos() - begun);
        boolean deferred = answer.meaning() != null && answer.meaning().category().retryable();
        tally.attempt(permit.pool(), message, kind, deferred);
        if (answer.taken()) {
            tally.taken(message, time.nanos());
            complaint(message, permit.pool());
        }
        if (kind == Kind.NO_CONNECTION) {
            permit.unreachable("no connection to the simulated pool");
        } else if (kind == Kind.TAKEN) {
            permit.delivered(took);
        } else {
            if (answer.reply() != null) {
                mind.refused(permit.pool(), message.provider, answer.reply(), answer);
            }
            permit.refused(took, answer.meaning() == null || answer.meaning().category() == Category.DEFER_OTHER_POOL);
        }
        if (kind != Kind.NO_CONNECTION) {
            learn(message, permit.pool(), answer.signal(), took);
        }
        if (kind == Kind.TAKEN) {
            tally.settled(message);
        } else {
            refused(message, permit.pool(), answer, kind);
        }
    }

    private void learn(SimMessage message, String pool, Signal signal, Duration took) {
        Scenario.Traffic traffic = message.traffic;
        mind.learn(new Evidence(pool, message.provider, senderDomain(traffic), traffic.stream(), traffic.campaign(), signal, took));
    }

    private void complaint(SimMessage message, String pool) {
        if (message.traffic.complaints() > 0 && random.nextDouble() * 100 < message.traffic.complaints()) {
            long after = (long) (-Math.log(1 - random.nextDouble()) * TimeUnit.HOURS.toNanos(3));
            agenda.add(time.nanos() + after, () -> {
                world.account(pool, message.provider).complained(time.nanos());
                learn(message, pool, Signal.COMPLAINT, Duration.ZERO);
            });
        }
    }

    private void refused(SimMessage message, String pool, Answer answer, Kind kind) {
        SmtpPhase phase = kind == Kind.NO_CONNECTION ? SmtpPhase.CONNECT : SmtpPhase.END_OF_DATA;
        Category category = answer.meaning() == null ? null : answer.meaning().category();
        if (Failover.mayTryAnother(phase, answer.doubt(), category, message.refusals)) {
            message.refusals += phase.beforeTransaction() ? 0 : 1;
            message.tried = with(message.tried, pool);
            RoomRequest request = request(message);
            if (request != null && mind.board().choose(request) instanceof Choice.Taken taken) {
                converse(message, taken.permit());
                return;
            }
        }
        if (category != null && !category.retryable()) {
            tally.bounced(message);
            return;
        }
        message.avoid = category == Category.DEFER_OTHER_POOL ? pool : null;
        retryOrExpire(message, category == null ? Category.NETWORK_TRANSIENT : category, answer.hint());
    }

    private static Set<String> with(Set<String> tried, String pool) {
        var more = new java.util.HashSet<>(tried);
        more.add(pool);
        return more;
    }

    private void retryOrExpire(SimMessage message, Category category, @Nullable Duration hint) {
        long wait = retries.wait(message, category, hint);
        if (wait < 0) {
            tally.expired(message);
            return;
        }
        message.again();
        agenda.add(time.nanos() + wait, () -> enter(message));
    }

    /** As the production's timer does; again after its interval. */
    void probe() {
        for (String pool : mind.board().ids()) {
            boolean away = world.account(pool, "other").poolUnreachable(time.nanos()) != null;
            mind.board().probed(pool, away ? "no connection to the simulated pool" : null);
        }
        agenda.add(time.nanos() + config.health().interval().toNanos(), this::probe);
    }
}
