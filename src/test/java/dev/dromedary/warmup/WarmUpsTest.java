package dev.dromedary.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pool.Choice;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.ScoreChooser;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import dev.dromedary.warmup.WarmUp.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warm-ups over weeks, on a clock of the test's own. */
class WarmUpsTest {
    private static final Duration QUICK = Duration.ofMillis(10);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private DromedaryConfig config;
    private WarmUps warmUps;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("dromedary.yaml"), """
                warm-up:
                  pools:
                    fresh: {from: 2026-03-01, providers: [google, yahoo]}
                    later: {from: 2026-03-09, stage: 3}
                pools:
                  - {id: fresh, host: 127.0.0.1, port: 2526, tls: none, source-addresses: [127.0.0.1, 127.0.0.2]}
                  - {id: warm, host: 127.0.0.1, port: 2526, tls: none}
                  - {id: later, host: 127.0.0.1, port: 2526, tls: none}
                delivery-routes:
                  - {id: both, recipients: ["*"], pools: [fresh, warm]}
                  - {id: only-fresh, recipients: [x.test], pools: [fresh]}
                """);
        config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        warmUps = node();
    }

    private WarmUps node() {
        var fresh = new WarmUps(config, () -> now);
        fresh.onChange(one -> notes.add(one.note()));
        return fresh;
    }

    @Test
    void allStagesTakeADayEachAndThenItIsOver() {
        for (int stage = 1; stage <= warmUps.stages(); stage++) {
            assertThat(view().allowance()).isEqualTo(2L * config.brain().warmUp().stages().get(stage - 1));
            assertThat(view().state().stage()).isEqualTo(stage);
            day(view().allowance(), 0, 0);
        }
        assertThat(warmUps.stages()).isEqualTo(29);
        assertThat(state().status()).isEqualTo(Status.FINISHED);
        assertThat(warmUps.of("fresh", "google")).isSameAs(Ceiling.NONE);
        assertThat(warmUps.of("warm", "google")).isSameAs(Ceiling.NONE);
        assertThat(warmUps.of("fresh", "microsoft")).isSameAs(Ceiling.NONE);
    }

    @Test
    void eightyNinePerCentOfTheStageIsNotEnoughAndNinetyIs() {
        day(356, 0, 0);
        assertThat(state().stage()).isEqualTo(1);
        assertThat(state().note()).isEqualTo("2026-03-01 at stage 1 (400 a day): 356 sent, 356 delivered, 0 deferred, 0 blocked, 0 complaints; stays, day 1");
        day(360, 0, 0);
        assertThat(state().stage()).isEqualTo(2);
    }

    @Test
    void manyDeferralsHoldItBackThoughEnoughWasDelivered() {
        day(360, 42, 0);
        assertThat(state().stage()).isEqualTo(1);
        day(360, 40, 0);
        assertThat(state().stage()).isEqualTo(2);
    }

    @Test
    void blocksAreAStepBackAtOnceOnceADay() {
        day(400, 0, 0);
        day(1000, 0, 0);
        assertThat(state().stage()).isEqualTo(3);
        day(100, 0, 3);
        assertThat(state().stage()).isEqualTo(2);
        send(100, Signal.BLOCKED);
        warmUps.beat();
        assertThat(state().stage()).isEqualTo(1);
        assertThat(state().note()).contains("at stage 2: 100 sent, 0 delivered, 0 deferred, 100 blocked, 0 complaints; a step back");
    }

    @Test
    void complaintsAreAStepBack() {
        day(400, 0, 0);
        send(500, Signal.ACCEPTED);
        send(2, Signal.COMPLAINT);
        warmUps.beat();
        assertThat(state().stage()).isEqualTo(2);
        send(1, Signal.COMPLAINT);
        warmUps.beat();
        assertThat(state().stage()).isEqualTo(1);
    }

    @Test
    void theVolumeOfTheDayIsSpreadAndThenThereIsAHardStopUntilMidnight() {
        assertThat(warmUps.of("fresh", "google").perSecond()).isCloseTo(400 / (8 * 3600.0), within(1e-6));
        now = now.plus(Duration.ofHours(23));
        warmUps.beat();
        assertThat(warmUps.of("fresh", "google").perSecond()).isCloseTo(400 / (4 * 3600.0), within(1e-6));
        send(400, Signal.ACCEPTED);
        assertThat(warmUps.of("fresh", "google").halt()).satisfies(halt -> {
            assertThat(halt.until()).isEqualTo("2026-03-02T00:00:00Z");
            assertThat(halt.bounces()).isFalse();
            assertThat(halt.why()).isEqualTo("warm-up stage 1 of 29: 400 of 400 sent today");
        });
        now = Instant.parse("2026-03-02T00:00:20Z");
        warmUps.beat();
        assertThat(warmUps.of("fresh", "google").halt()).isNull();
        assertThat(state().stage()).isEqualTo(2);
    }

    @Test
    void whatIsTooMuchGoesToThePoolsThatAreWarm() {
        var board = new PoolBoard(config, warmUps, new ScoreChooser(new Random(7)), () -> now, () -> Duration.between(Instant.EPOCH, now).toNanos());
        int fresh = 0;
        int warm = 0;
        for (int second = 0; second < 24 * 3600; second += 2) {
            Choice.Taken taken = (Choice.Taken) board.choose(config.routes().get(0), "google", Set.of());
            taken.permit().delivered(QUICK);
            warmUps.learn(evidence(taken.permit().pool(), Signal.ACCEPTED));
            fresh += taken.permit().pool().equals("fresh") ? 1 : 0;
            warm += taken.permit().pool().equals("warm") ? 1 : 0;
            now = now.plusSeconds(2);
            if (second % 10 == 0) {
                warmUps.beat();
            }
        }
        assertThat(fresh).isBetween(398, 400);
        assertThat(warm).isEqualTo(24 * 1800 - fresh);
    }

    @Test
    void whatMayUseTheWarmingPoolOnlyWaits() {
        var board = new PoolBoard(config, warmUps, new ScoreChooser(new Random(7)), () -> now, () -> Duration.between(Instant.EPOCH, now).toNanos());
        assertThat(board.choose(config.routes().get(1), "google", Set.of())).isInstanceOf(Choice.Taken.class);
        assertThat(board.choose(config.routes().get(1), "google", Set.of())).isInstanceOfSatisfying(Choice.Full.class, full -> {
            assertThat(full.untilRoom()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(72));
            assertThat(full.binding()).contains("pool fresh to google: rate of 50/h (warm-up stage 1 of 29: 0 of 400 sent today)");
        });
        send(400, Signal.ACCEPTED);
        assertThat(board.choose(config.routes().get(1), "google", Set.of())).isInstanceOfSatisfying(Choice.Halted.class, halted -> assertThat(halted.untilOpen()).isEqualTo(Duration.ofDays(1)));
    }

    @Test
    void beforeItsFirstDayNothingIsSent() {
        assertThat(warmUps.of("later", "gmx").halt()).satisfies(halt -> assertThat(halt.until()).isEqualTo("2026-03-09T00:00:00Z"));
        now = Instant.parse("2026-03-09T00:00:01Z");
        warmUps.beat();
        assertThat(warmUps.of("later", "gmx").halt()).isNull();
        assertThat(warmUps.find("later", "gmx").stage()).isEqualTo(3);
    }

    @Test
    void aDayThatDidNotBeginAtMidnightDoesNotCount() {
        now = now.plus(Duration.ofHours(10));
        day(400, 0, 0);
        assertThat(state().stage()).isEqualTo(1);
        day(400, 0, 0);
        assertThat(state().stage()).isEqualTo(2);
    }

    @Test
    void tenDaysThatDidNotSufficeHoldItAndAnOperatorResumesIt() {
        day(400, 0, 0);
        IntStream.range(0, 10).forEach(i -> day(100, 0, 0));
        assertThat(state().status()).isEqualTo(Status.HELD);
        assertThat(state().note()).endsWith("10 days in a row did not suffice: held");
        day(1000, 0, 0);
        assertThat(state().stage()).isEqualTo(2);
        warmUps.replace(List.of(state().resumed("enough mail again")), List.of(), 1);
        day(1000, 0, 0);
        assertThat(state().stage()).isEqualTo(3);
    }

    @Test
    void thirtyDaysWithoutMailStartItAgain() {
        day(400, 0, 0);
        IntStream.range(0, 29).forEach(i -> day(0, 0, 0));
        assertThat(state().stage()).isEqualTo(2);
        day(0, 0, 0);
        assertThat(state().stage()).isEqualTo(1);
        assertThat(state().note()).isEqualTo("nothing was sent on 30 days: starts again");
    }

    @Test
    void afterARestartItGoesOnWhereItWasAlsoOverMidnight() {
        day(400, 0, 0);
        send(950, Signal.ACCEPTED);
        List<WarmUp> states = warmUps.takeChanged();
        List<SharedCount> counts = warmUps.takeCounts();
        WarmUps again = node();
        again.replace(states, counts, 1);
        assertThat(again.views()).singleElement().extracting(view -> view.today().sent(), view -> view.state().stage()).containsExactly(950L, 2);
        now = now.plus(Duration.ofDays(3));
        WarmUps late = node();
        late.replace(states, counts, 1);
        late.beat();
        assertThat(late.find("fresh", "google").stage()).isEqualTo(3);
        assertThat(late.find("fresh", "google").idle()).isEqualTo(2);
    }

    @Test
    void twoNodesTogetherSendNoMoreThanTheDaysVolume() {
        WarmUps[] nodes = {node(), node()};
        var rest = new DayCount[] {DayCount.NONE, DayCount.NONE};
        LocalDate today = LocalDate.parse("2026-03-01");
        var random = new Random(7);
        long sent = 0;
        for (int i = 0; i < 5_000; i++) {
            // One node gets four times as much as the other; they hear of each other now and then.
            int node = random.nextInt(5) == 0 ? 1 : 0;
            if (nodes[node].of("fresh", "google").halt() == null) {
                nodes[node].learn(evidence("fresh", Signal.ACCEPTED));
                rest[node] = rest[node].plus(new DayCount(1, 1, 0, 0, 0));
                sent++;
            }
            if (i % 50 == 0) {
                nodes[0].replace(List.of(), List.of(new SharedCount("fresh", "google", today, rest[0], rest[1])), 2);
                nodes[1].replace(List.of(), List.of(new SharedCount("fresh", "google", today, rest[1], rest[0])), 2);
            }
        }
        assertThat(sent).isBetween(396L, 402L);
    }

    @Test
    void aNodeThatHearsOfNoOtherStopsAtItsShare() {
        send(1, Signal.ACCEPTED);
        warmUps.replace(List.of(), List.of(new SharedCount("fresh", "google", LocalDate.parse("2026-03-01"), DayCount.NONE, new DayCount(99, 99, 0, 0, 0))), 3);
        int sent = 1;
        while (warmUps.of("fresh", "google").halt() == null) {
            send(1, Signal.ACCEPTED);
            warmUps.beat();
            sent++;
        }
        assertThat(sent).isEqualTo(101);
    }

    /** A day of the pool to Google with the given attempts, and its end. */
    private void day(long accepted, int deferred, int blocked) {
        warmUps.of("fresh", "google");
        send(accepted, Signal.ACCEPTED);
        send(deferred, Signal.DEFERRED);
        send(blocked, Signal.BLOCKED);
        warmUps.beat();
        now = Warming.day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(Warming.GRACE);
        warmUps.beat();
    }

    private void send(long times, Signal signal) {
        LongStream.range(0, times).forEach(i -> warmUps.learn(evidence("fresh", signal)));
    }

    private static Evidence evidence(String pool, Signal signal) {
        return new Evidence(pool, "google", "example.com", "news", null, signal, QUICK);
    }

    private WarmUp state() {
        return view().state();
    }

    private WarmUpView view() {
        warmUps.of("fresh", "google");
        return warmUps.views().stream().filter(view -> view.state().provider().equals("google")).findFirst().orElseThrow();
    }
}
