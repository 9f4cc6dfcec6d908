package dev.dromedary.pool;

import static dev.dromedary.message.PriorityClass.BULK;
import static dev.dromedary.message.PriorityClass.NORMAL;
import static dev.dromedary.message.PriorityClass.URGENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated traffic on a clock of its own: conversations take half a second to one and a half, and classes have mail without end or at set times. */
class RoomQueueTest {
    private final Random lengths = new Random(3);

    @TempDir
    Path folder;

    private long now;
    private PoolBoard board;
    private RoomQueue queue;
    private DromedaryConfig.DeliveryRoute route;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Map<String, Integer> served = new HashMap<>();
    private final List<Duration> urgentWaits = new ArrayList<>();
    /** How long the conversation takes that was begun last: a second on average. */
    private Duration last = Duration.ZERO;
    private long nextLook = Long.MAX_VALUE;
    private long numbers;

    private record Event(long at, long number, Runnable action) {
    }

    @Test
    void whereAPoolIsFullTheClassesShareItByWeight() {
        start("{id: a, host: h, max-connections: 50}");
        for (PriorityClass each : PriorityClass.values()) {
            backlog("google", each, 60);
        }
        run(Duration.ofSeconds(200));
        assertShares("google", 200 * 50);
    }

    @Test
    void whereAProviderHasARateTheClassesShareIt() {
        start("{id: a, host: h, max-connections: 500}");
        for (PriorityClass each : PriorityClass.values()) {
            backlog("yahoo", each, 20);
        }
        run(Duration.ofSeconds(600));
        assertShares("yahoo", 600 * 10);
    }

    @Test
    void whatAClassDoesNotUseGoesToTheOthers() {
        start("{id: a, host: h, max-connections: 50}");
        backlog("google", NORMAL, 60);
        backlog("google", BULK, 60);
        run(Duration.ofSeconds(100));
        assertThat(served("google", NORMAL)).isCloseTo(4_000, within(400));
        assertThat(served("google", BULK)).isCloseTo(1_000, within(100));
    }

    @Test
    void bulkAloneUsesAllButTheReserve() {
        start("{id: a, host: h, max-connections: 50}");
        backlog("google", BULK, 60);
        run(Duration.ofSeconds(100));
        assertThat(served("google", BULK)).isCloseTo(4_500, within(90));
    }

    @Test
    void urgentMailFindsAFreeConnectionWhileBulkWaits() {
        start("{id: a, host: h, max-connections: 50}");
        backlog("google", BULK, 60);
        arrivals("google", URGENT, 3, Duration.ofSeconds(100));
        run(Duration.ofSeconds(101));
        assertThat(urgentWaits).hasSize(300).allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofMillis(1)));
    }

    /** Ten providers with bulk mail without end share a pool; one of them has more urgent mail than the reserve holds. */
    @Test
    void urgentMailWaitsForNoMoreThanTheNextConversationsWhereAllProvidersHaveBulk() {
        start("{id: a, host: h, max-connections: 50}");
        for (int i = 0; i < 10; i++) {
            backlog("p" + i, BULK, 20);
        }
        arrivals("p3", URGENT, 10, Duration.ofSeconds(100));
        run(Duration.ofSeconds(102));
        assertThat(urgentWaits).hasSize(1_000).allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofMillis(500)));
        assertThat(served("p3", BULK)).as("bulk of the same provider").isPositive();
        for (int i = 0; i < 10; i++) {
            assertThat(served("p" + i, BULK)).as("p" + i).isCloseTo(400, within(60));
        }
    }

    @Test
    void urgentMailOfAProviderWithARateWaitsForItsNextPermit() {
        start("{id: a, host: h, max-connections: 500}");
        backlog("yahoo", BULK, 20);
        backlog("yahoo", NORMAL, 20);
        arrivals("yahoo", URGENT, 4, Duration.ofSeconds(100));
        run(Duration.ofSeconds(102));
        assertThat(urgentWaits).hasSize(400).allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofMillis(350)));
        assertThat(served("yahoo", BULK)).isCloseTo(120, within(15));
    }

    @Test
    void aProviderKeptBackByItsRateHoldsUpNoOther() {
        start("{id: a, host: h, max-connections: 50}");
        backlog("yahoo", BULK, 20);
        backlog("google", BULK, 60);
        run(Duration.ofSeconds(100));
        assertThat(served("yahoo", BULK)).isCloseTo(1_000, within(20));
        assertThat(served("google", BULK)).isCloseTo(3_500, within(120));
    }

    @Test
    void bulkKeptBusyAtOnePoolHasItsTurnAtAnother() {
        start("{id: a, host: h, max-connections: 50}", "{id: b, host: h, max-connections: 10}");
        backlog("google", BULK, 60, 0);
        run(Duration.ofSeconds(50));
        backlog("p1", NORMAL, 20, 1);
        backlog("p1", BULK, 20, 1);
        served.clear();
        run(Duration.ofSeconds(100));
        assertThat(served("p1", BULK)).isCloseTo(200, within(20));
        assertThat(served("p1", NORMAL)).isCloseTo(800, within(40));
    }

    @Test
    void equalRequestsAreServedInTheOrderOfTheirComing() {
        start("{id: a, host: h, max-connections: 1}");
        var order = new ArrayList<Integer>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            ask("google", NORMAL, 0, wait -> order.add(number));
        }
        run(Duration.ofSeconds(10));
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void oneWhoLeavesIsNotServed() {
        start("{id: a, host: h, max-connections: 1}");
        ask("google", NORMAL, 0, wait -> { });
        RoomQueue.Waiter waiter = queue.join(request("google", NORMAL, 0), () -> { });
        serve();
        assertThat(waiter.choice()).isNull();
        assertThat(waiter.full()).isNotNull();
        queue.leave(waiter);
        run(Duration.ofSeconds(3));
        assertThat(waiter.choice()).isNull();
        assertThat(board.view("a", "google").inFlight()).isZero();
    }

    @Test
    void whereAllWaitForTheirOwnProvidersNoOthersAreConcerned() {
        start("{id: a, host: h, max-connections: 50}");
        backlog("yahoo", BULK, 20);
        run(Duration.ofSeconds(3));
        assertThat(queue.concerns("yahoo")).isTrue();
        assertThat(queue.concerns("google")).isFalse();
        backlog("google", BULK, 60);
        run(Duration.ofSeconds(3));
        assertThat(queue.concerns("p1")).as("the pool is waited for").isTrue();
    }

    @Test
    void thoseWhosePoolsAllFailAreToldAndDoNotWait() {
        start("{id: a, host: h, max-connections: 1}");
        Permit held = ((Choice.Taken) board.choose(request("google", URGENT, 0))).permit();
        RoomQueue.Waiter waiter = queue.join(request("google", BULK, 0), () -> { });
        serve();
        board.probed("a", "refused");
        board.probed("a", "refused");
        held.unreachable("refused");
        serve();
        assertThat(waiter.choice()).isInstanceOf(Choice.Unreachable.class);
    }

    private void assertShares(String provider, int all) {
        assertThat(served(provider, URGENT)).isCloseTo(all * 16 / 21, within(all * 16 / 210));
        assertThat(served(provider, NORMAL)).isCloseTo(all * 4 / 21, within(all * 4 / 210));
        assertThat(served(provider, BULK)).isCloseTo(all / 21, within(all / 210));
    }

    /** As many at a time ask as a lane has consumers; who is served asks again. */
    private void backlog(String provider, PriorityClass priority, int consumers) {
        backlog(provider, priority, consumers, 0);
    }

    private void backlog(String provider, PriorityClass priority, int consumers, int route) {
        for (int i = 0; i < consumers; i++) {
            askAgain(provider, priority, route);
        }
    }

    private void askAgain(String provider, PriorityClass priority, int route) {
        ask(provider, priority, route, wait -> at(last, () -> askAgain(provider, priority, route)));
    }

    private void arrivals(String provider, PriorityClass priority, int perSecond, Duration during) {
        for (int i = 0; i < during.toSeconds() * perSecond; i++) {
            at(Duration.ofMillis(500 + i * 1_000L / perSecond), () -> ask(provider, priority, 0, urgentWaits::add));
        }
    }

    private void ask(String provider, PriorityClass priority, int route, Consumer<Duration> started) {
        long since = now;
        RoomQueue.Waiter[] waiter = new RoomQueue.Waiter[1];
        waiter[0] = queue.join(request(provider, priority, route), () -> at(Duration.ZERO, () -> {
            Permit permit = ((Choice.Taken) waiter[0].choice()).permit();
            served.merge(provider + priority, 1, Integer::sum);
            last = Duration.ofMillis(500 + lengths.nextInt(1_001));
            at(last, () -> {
                permit.delivered(last);
                serve();
            });
            started.accept(Duration.ofNanos(now - since));
        }));
        serve();
    }

    private RoomRequest request(String provider, PriorityClass priority, int number) {
        return new RoomRequest(number == 0 ? route : new DromedaryConfig.DeliveryRoute("b", List.of("*"), Set.of(), List.of(), List.of("b"), 0, 1, null), provider, priority,
                Set.of(), true);
    }

    private void serve() {
        Duration until = queue.serve();
        if (until != null && now + until.toNanos() < nextLook) {
            nextLook = now + until.toNanos();
            at(until, () -> {
                nextLook = Long.MAX_VALUE;
                serve();
            });
        }
    }

    private int served(String provider, PriorityClass priority) {
        return served.getOrDefault(provider + priority, 0);
    }

    private void at(Duration later, Runnable action) {
        events.add(new Event(now + later.toNanos(), numbers++, action));
    }

    private void run(Duration time) {
        long end = now + time.toNanos();
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }

    private void start(String... pools) {
        var yaml = new StringBuilder("providers:\n  google: {consumers: 1000, max-connections: 1000}\n  yahoo: {consumers: 1000, max-connections: 1000, rate: 10/s}\n");
        for (int i = 0; i < 10; i++) {
            yaml.append("  p").append(i).append(": {patterns: [p").append(i).append(".example]}\n");
        }
        yaml.append("pools:\n");
        for (String pool : pools) {
            yaml.append("  - ").append(pool).append('\n');
        }
        yaml.append("delivery-routes: [{id: a, pools: [a]}").append(pools.length > 1 ? ", {id: b, streams: [b], pools: [b]}" : "").append("]\n");
        try {
            Files.writeString(folder.resolve("dromedary.yaml"), yaml);
            DromedaryConfig config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
            board = new PoolBoard(config, () -> Instant.EPOCH.plusNanos(now), () -> now, new Random(7));
            queue = new RoomQueue(board, config.pace().shares());
            route = config.routes().get(0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
