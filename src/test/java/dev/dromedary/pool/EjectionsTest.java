package dev.dromedary.pool;

import static dev.dromedary.pool.ChoiceSimulation.always;
import static dev.dromedary.pool.ChoiceSimulation.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.pace.Ceiling;
import dev.dromedary.reputation.Signal;
import dev.dromedary.reputation.TestReputation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools taken out towards a provider that blocks them, on a clock of the test's own. */
class EjectionsTest {
    private static final Duration APART = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @Test
    void fiveBlocksInARowTakeAPoolOutTowardsThatProviderAlone() {
        ChoiceSimulation simulation = two();
        List<String> told = new ArrayList<>();
        simulation.brain.ejections().onEjection((pool, provider) -> told.add(pool + " to " + provider));
        learn(simulation, "a", Signal.BLOCKED, 4);
        learn(simulation, "a", Signal.ACCEPTED, 1);
        learn(simulation, "a", Signal.BLOCKED, 4);
        assertThat(simulation.out()).isEmpty();
        learn(simulation, "a", Signal.BLOCKED, 1);
        Ceiling ceiling = simulation.brain.of("a", "google");
        assertThat(ceiling.halt()).isNotNull();
        assertThat(ceiling.halt().until()).isEqualTo(simulation.now.plusSeconds(30));
        assertThat(ceiling.halt().why()).isEqualTo("taken out until 2026-03-01T00:00:30Z: 5 blocks in a row");
        assertThat(simulation.brain.of("a", "yahoo")).isEqualTo(Ceiling.NONE);
        assertThat(simulation.brain.of("b", "google")).isEqualTo(Ceiling.NONE);
        assertThat(told).containsExactly("a to google");
    }

    @Test
    void halfOfTheAttemptsOfAMinuteAreEnoughFromTwentyOn() {
        ChoiceSimulation simulation = two();
        for (int i = 0; i < 9; i++) {
            learn(simulation, "a", Signal.BLOCKED, 1);
            learn(simulation, "a", Signal.ACCEPTED, 1);
        }
        learn(simulation, "a", Signal.BLOCKED, 1);
        assertThat(simulation.out()).as("19 attempts").isEmpty();
        learn(simulation, "a", Signal.BLOCKED, 1);
        assertThat(simulation.out()).singleElement().satisfies(one -> assertThat(one.why()).isEqualTo("11 of 20 attempts blocked"));
    }

    @Test
    void deferralsAndBouncesTakeNoPoolOut() {
        ChoiceSimulation simulation = two();
        learn(simulation, "a", Signal.DEFERRED, 100);
        learn(simulation, "a", Signal.HARD_BOUNCE, 100);
        learn(simulation, "a", Signal.NEUTRAL, 100);
        learn(simulation, "a", Signal.COMPLAINT, 100);
        assertThat(simulation.out()).isEmpty();
    }

    @Test
    void eachTimeLastsTwiceAsLongUpToTheMostAndGoodConductIsRewarded() {
        ChoiceSimulation simulation = two();
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            learn(simulation, "a", Signal.BLOCKED, 5);
            Instant until = simulation.brain.of("a", "google").halt().until();
            seconds.add(Duration.between(simulation.now, until).toSeconds());
            simulation.now = until;
        }
        assertThat(seconds).containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1_800L, 1_800L);
        simulation.now = simulation.now.plus(Duration.ofHours(6));
        simulation.brain.beat();
        learn(simulation, "a", Signal.BLOCKED, 5);
        assertThat(Duration.between(simulation.now, simulation.brain.of("a", "google").halt().until())).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theLastPoolOfARouteStays() {
        ChoiceSimulation simulation = two();
        learn(simulation, "a", Signal.BLOCKED, 5);
        learn(simulation, "b", Signal.BLOCKED, 50);
        assertThat(simulation.out()).extracting(Ejections.Ejected::pool).containsExactly("a");
        assertThat(simulation.brain.of("b", "google").halt()).isNull();
        var alone = new ChoiceSimulation(folder, "explore: 2", "{id: a}");
        learn(alone, "a", Signal.BLOCKED, 50);
        assertThat(alone.out()).isEmpty();
    }

    @Test
    void aPoolThatIsOutIsLetInWhereSomethingElseStopsTheOthers() {
        ChoiceSimulation simulation = two();
        learn(simulation, "a", Signal.BLOCKED, 5);
        Ceiling stopped = new Ceiling(new Ceiling.Halt(simulation.now.plusSeconds(600), false, "stop"), 1, 1, 1, 1, "stop");
        simulation.reactions = (pool, provider) -> pool.equals("b") ? stopped : Ceiling.NONE;
        assertThat(simulation.brain.of("a", "google").halt()).isNull();
        assertThat(of(simulation.send(10, APART), "a")).isEqualTo(10);
        simulation.reactions = (pool, provider) -> Ceiling.NONE;
        assertThat(simulation.brain.of("a", "google").halt()).isNotNull();
    }

    @Test
    void aPoolThatIsOutIsLetInWhereTheOthersCannotBeReached() {
        ChoiceSimulation simulation = two();
        learn(simulation, "a", Signal.BLOCKED, 5);
        for (int i = 0; i < simulation.config.health().failures(); i++) {
            simulation.board.probed("b", "connection refused");
        }
        assertThat(simulation.brain.of("a", "google").halt()).isNull();
        assertThat(of(simulation.send(10, APART), "a")).isEqualTo(10);
        learn(simulation, "a", Signal.BLOCKED, 50);
        assertThat(simulation.out()).as("once, before").singleElement().satisfies(one -> assertThat(one.times()).isEqualTo(1));
    }

    @Test
    void onItsReturnAPoolGetsAGrowingShareOfItsConnectionsAndWeight() {
        ChoiceSimulation simulation = two();
        learn(simulation, "a", Signal.BLOCKED, 5);
        simulation.now = simulation.now.plusSeconds(30);
        double before = 0;
        for (int step = 1; step <= 10; step++) {
            Ceiling ceiling = simulation.brain.of("a", "google");
            assertThat(ceiling.halt()).isNull();
            assertThat(ceiling.connectionShare()).isEqualTo(step / 10.0).isGreaterThan(before);
            assertThat(simulation.brain.ejections().share("a", "google")).isEqualTo(step / 10.0);
            before = ceiling.connectionShare();
            simulation.now = simulation.now.plusSeconds(30);
        }
        assertThat(simulation.brain.of("a", "google")).isEqualTo(Ceiling.NONE);
        assertThat(simulation.out()).isEmpty();
    }

    @Test
    void aBlockedPoolIsOutWithinAHandfulOfMessagesAndComesBackStepwiseOnceItIsGoodAgain() {
        ChoiceSimulation simulation = two();
        simulation.send(20_000, APART);
        simulation.answers.put("a", always(Signal.BLOCKED));
        assertThat(of(simulation.send(100, APART), "a")).isLessThan(20);
        assertThat(of(simulation.send(10_000, APART), "a")).isLessThan(150);
        simulation.answers.remove("a");
        List<Integer> shares = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            shares.add(of(simulation.send(20_000, APART), "a"));
        }
        assertThat(shares.get(0)).isLessThan(2_000);
        assertThat(shares.get(7)).isBetween(9_000, 11_000);
        for (int i = 1; i < shares.size(); i++) {
            assertThat(shares.get(i)).isGreaterThan(shares.get(i - 1) * 8 / 10);
        }
    }

    @Test
    void whatIsUnknownIsLeftAlone() {
        ChoiceSimulation simulation = two();
        for (int i = 0; i < 10; i++) {
            simulation.brain.learn(TestReputation.evidence("gone", "google", Signal.BLOCKED));
            simulation.brain.learn(TestReputation.evidence("a", "no-such-provider" + i, Signal.BLOCKED));
        }
        assertThat(simulation.out()).isEmpty();
        assertThat(simulation.send(10, APART)).isNotEqualTo(Map.of("none", 10));
    }

    private ChoiceSimulation two() {
        return new ChoiceSimulation(folder, "explore: 2", "{id: a}", "{id: b}");
    }

    private static void learn(ChoiceSimulation simulation, String pool, Signal signal, int times) {
        for (int i = 0; i < times; i++) {
            simulation.brain.learn(TestReputation.evidence(pool, "google", signal));
        }
    }
}
