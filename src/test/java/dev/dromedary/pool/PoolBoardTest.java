package dev.dromedary.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.hold.Hold;
import dev.dromedary.hold.Holds;
import dev.dromedary.provider.BuiltInProviders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of a pool, on a clock of the test's own. */
class PoolBoardTest {
    private static final Duration QUICK = Duration.ofMillis(100);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final List<Hold> held = new ArrayList<>();
    private PoolBoard board;
    private DromedaryConfig.DeliveryRoute route;

    @Test
    void onlyPoolsWithRoomAreChosen() {
        start("{id: a, max-connections: 1}", "{id: b, max-connections: 1}");
        Permit first = taken("google");
        Permit second = taken("google");
        assertThat(Set.of(first.pool(), second.pool())).containsExactlyInAnyOrder("a", "b");
        assertThat(choose("google")).isInstanceOfSatisfying(Choice.Full.class, full -> assertThat(full.binding()).contains("all 1 connections are in use"));
        first.delivered(QUICK);
        assertThat(taken("google").pool()).isEqualTo(first.pool());
    }

    @Test
    void aRateIsSmoothAndSaysHowLongToWait() {
        start("{id: a, rate: 60/min}");
        taken("google").delivered(QUICK);
        assertThat(choose("google")).isInstanceOfSatisfying(Choice.Full.class, full -> {
            assertThat(full.untilRoom()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
            assertThat(full.binding()).isEqualTo("pool a: rate of 60/min");
        });
        pass(Duration.ofSeconds(1));
        assertThat(taken("google").pool()).isEqualTo("a");
    }

    @Test
    void aLimitTowardsOneProviderLeavesRoomForTheOthers() {
        start("{id: a, limits: {google: {rate: 1/10s, max-connections: 3}}}");
        taken("google").delivered(QUICK);
        assertThat(choose("google")).isInstanceOfSatisfying(Choice.Full.class, full -> assertThat(full.binding()).contains("pool a to google"));
        assertThat(taken("yahoo").pool()).isEqualTo("a");
    }

    @Test
    void aPermitForWhichNothingWasSentGivesItsShareOfTheRateBack() {
        start("{id: a, rate: 1/min}");
        taken("google").nothingSent();
        Permit again = taken("google");
        again.delivered(QUICK);
        again.nothingSent();
        assertThat(choose("google")).isInstanceOf(Choice.Full.class);
    }

    @Test
    void aPoolThatFailsOftenIsLeftOutAndComesBackByATrial() {
        start("{id: a}", "{id: b}");
        while (health("a").equals("healthy")) {
            Permit permit = taken("google");
            if (permit.pool().equals("a")) {
                permit.unreachable("connection refused");
            } else {
                permit.delivered(QUICK);
            }
        }
        assertThat(pools(200, "google")).containsOnlyKeys("b");
        pass(Duration.ofSeconds(31));
        assertThat(health("a")).isEqualTo("half-open");
        Permit trial = firstOf("a", "google");
        assertThat(pools(200, "google")).as("one trial at a time").containsOnlyKeys("b");
        trial.delivered(QUICK);
        assertThat(health("a")).isEqualTo("healthy");
    }

    @Test
    void oneFailureTakesNoPoolOut() {
        start("{id: a}");
        taken("google").unreachable("timeout");
        taken("google").unreachable("timeout");
        assertThat(health("a")).isEqualTo("healthy");
        taken("google").unreachable("timeout");
        assertThat(choose("google")).isInstanceOfSatisfying(Choice.Unreachable.class, down -> assertThat(down.why()).contains("pool a").contains("timeout"));
    }

    @Test
    void aSlowPoolGetsLessThanAQuickOne() {
        start("{id: a, max-connections: 1000}", "{id: b, max-connections: 1000}");
        for (int i = 0; i < 100; i++) {
            Permit permit = taken("google");
            permit.delivered(permit.pool().equals("a") ? Duration.ofSeconds(9) : QUICK);
        }
        Map<String, Integer> shares = pools(1_000, "google");
        assertThat(shares.get("a")).isBetween(50, 350);
    }

    @Test
    void weightsShareTheMailOfEqualPools() {
        start("{id: a, weight: 300, max-connections: 10000}", "{id: b, weight: 100, max-connections: 10000}");
        assertThat(pools(2_000, "google").get("a")).isBetween(1_350, 1_650);
    }

    @Test
    void everyPartOfTheScoreStaysBetweenZeroAndOne() {
        for (double reputation : new double[] {0, 0.5, 1}) {
            for (double seconds : new double[] {Double.NaN, 0, 0.001, 1, 3_600}) {
                for (int inFlight : new int[] {0, 1, 50, 51}) {
                    assertThat(PoolScore.of(reputation, seconds, inFlight, 50).total()).isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void aRouteWhosePoolsWereAllTriedIsExhausted() {
        start("{id: a}", "{id: b}");
        assertThat(board.choose(route, "google", Set.of("a", "b"))).isInstanceOf(Choice.Exhausted.class);
    }

    @Test
    void theRatesOfARouteHoldOverItsPools() {
        start("rate: 2/min", List.of("{id: a}", "{id: b}"));
        taken("google").delivered(QUICK);
        assertThat(choose("yahoo")).isInstanceOfSatisfying(Choice.Full.class, full -> assertThat(full.binding()).contains("delivery route all"));
    }

    @Test
    void aHeldPoolIsLeftOutAndTheOthersServe() {
        start("{id: a}", "{id: b}");
        hold("a", Duration.ofHours(1));
        assertThat(pools(100, "google")).containsOnlyKeys("b");
        assertThat(board.view("a", "google").binding()).contains("pool a is held until 2026-03-01T01:00:00Z").contains("blocked by google");
        assertThat(board.view("b", "google").binding()).isNull();
        pass(Duration.ofHours(1));
        assertThat(pools(100, "google")).containsOnlyKeys("a", "b");
    }

    @Test
    void whereEveryPoolIsHeldTheFirstEndIsToldWithItsReason() {
        start("{id: a}", "{id: b}");
        hold("a", Duration.ofHours(2));
        hold("b", Duration.ofHours(1));
        assertThat(choose("google")).isInstanceOfSatisfying(Choice.Held.class, held -> {
            assertThat(held.untilEnd()).isEqualTo(Duration.ofHours(1));
            assertThat(held.why()).contains("blocked by google");
            assertThat(held.key()).isEqualTo("pool:a pool:b");
        });
        assertThat(board.choose(route, "google", Set.of("a", "b"))).isInstanceOf(Choice.Exhausted.class);
    }

    private void hold(String pool, Duration length) {
        held.add(new Hold(held.size(), Hold.Kind.POOL, pool, Hold.Mode.PAUSE, "blocked by google", "ops", now, now.plus(length)));
        var holds = new Holds(() -> now);
        holds.replace(held);
        board.heldBy(holds);
    }

    private void start(String... pools) {
        start("priority: 0", List.of(pools));
    }

    private void start(String routeSetting, List<String> pools) {
        var yaml = new StringBuilder("providers: {google: {max-connections: 1000}, yahoo: {max-connections: 1000}}\npools:\n");
        var ids = new ArrayList<String>();
        for (String pool : pools) {
            yaml.append("  - ").append(pool.replaceFirst("\\{", "{host: 127.0.0.1, port: 2526, tls: none, ")).append('\n');
            ids.add(pool.substring(5, 6));
        }
        yaml.append("delivery-routes:\n  - {id: all, pools: ").append(ids).append(", ").append(routeSetting).append("}\n");
        try {
            Files.writeString(folder.resolve("dromedary.yaml"), yaml);
            DromedaryConfig config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
            board = new PoolBoard(config, () -> now, () -> Duration.between(Instant.EPOCH, now).toNanos(), new Random(7));
            route = config.routes().get(0);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Choice choose(String provider) {
        return board.choose(route, provider, Set.of());
    }

    private Permit taken(String provider) {
        return ((Choice.Taken) choose(provider)).permit();
    }

    private Permit firstOf(String pool, String provider) {
        for (int i = 0; i < 1_000; i++) {
            Permit permit = taken(provider);
            if (permit.pool().equals(pool)) {
                return permit;
            }
            permit.nothingSent();
        }
        throw new AssertionError(pool + " was never chosen");
    }

    /** How often each pool is chosen where nothing comes of it. */
    private Map<String, Integer> pools(int times, String provider) {
        var out = new HashMap<String, Integer>();
        for (int i = 0; i < times; i++) {
            Permit permit = taken(provider);
            out.merge(permit.pool(), 1, Integer::sum);
            permit.nothingSent();
        }
        return out;
    }

    private String health(String pool) {
        return board.view(pool, "google").health();
    }
}
