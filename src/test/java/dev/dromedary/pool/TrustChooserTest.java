package dev.dromedary.pool;

import static dev.dromedary.pool.ChoiceSimulation.always;
import static dev.dromedary.pool.ChoiceSimulation.of;
import static dev.dromedary.pool.ChoiceSimulation.sometimes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.message.PriorityClass;
import dev.dromedary.reputation.Signal;
import dev.dromedary.reputation.TestReputation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pool takes how much of the mail, simulated with a fixed seed. */
class TrustChooserTest {
    private static final Duration APART = Duration.ofMillis(100);
    private static final String NO_EJECTION = "ejection: {enabled: false}";

    @TempDir
    Path folder;

    @Test
    void equalPoolsShareTheMailByWeightFromTheFirstMessageOn() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a, weight: 300}", "{id: b, weight: 100}");
        assertThat(of(simulation.send(400, APART), "a")).isBetween(270, 330);
        assertThat(of(simulation.send(10_000, APART), "a")).isBetween(7_200, 7_800);
    }

    @Test
    void aPoolOfSmallWeightIsNotForgotten() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a, weight: 1000}", "{id: b, weight: 10}");
        assertThat(of(simulation.send(50_000, APART), "b")).isBetween(250, 1_000);
    }

    @Test
    void aPoolThatStartsToBeBlockedLosesMostOfItsMailWithinAHundredMessagesAndComesBackByAndBy() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a}", "{id: b}");
        assertThat(of(simulation.send(20_000, APART), "a")).isBetween(9_500, 10_500);
        simulation.answers.put("a", always(Signal.BLOCKED));
        assertThat(of(simulation.send(100, APART), "a")).as("while it shows").isLessThan(60);
        assertThat(of(simulation.send(10_000, APART), "a")).as("explore: 2 %").isBetween(140, 260);
        simulation.answers.remove("a");
        int soon = of(simulation.send(10_000, APART), "a");
        assertThat(soon).as("not at once").isBetween(140, 500);
        simulation.send(100_000, APART);
        assertThat(of(simulation.send(10_000, APART), "a")).as("found out to be good again").isBetween(4_500, 5_500);
    }

    @Test
    void aTrustedPoolTakesMostAndAWorseOneIsStillHeardFromWithinItsCap() {
        var simulation = new ChoiceSimulation(folder, "explore: 5, " + NO_EJECTION, "{id: a}", "{id: b}", "{id: c}");
        simulation.answers.put("a", sometimes(Signal.DEFERRED, 0.6));
        simulation.answers.put("c", sometimes(Signal.BLOCKED, 0.2));
        simulation.send(2_000, APART);
        Map<String, Integer> taken = simulation.send(20_000, APART);
        assertThat(of(taken, "a") + of(taken, "c")).isBetween(800, 1_200);
        assertThat(of(taken, "a")).isGreaterThan(250);
        assertThat(of(taken, "c")).isGreaterThan(250);
    }

    @Test
    void aNewPoolIsTriedBesideAProvenOneAndSoonSharesByWeight() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a}", "{id: b}");
        for (int i = 0; i < 5_000; i++) {
            simulation.brain.learn(TestReputation.evidence("a", "google", Signal.ACCEPTED));
        }
        assertThat(of(simulation.send(200, APART), "b")).isBetween(20, 100);
        simulation.send(1_000, APART);
        assertThat(of(simulation.send(2_000, APART), "b")).isBetween(900, 1_100);
    }

    @Test
    void complaintsTakeMailAwayThoughEveryAttemptIsAccepted() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a}", "{id: b}");
        simulation.send(20_000, APART);
        for (int i = 0; i < 100; i++) {
            simulation.brain.learn(TestReputation.evidence("a", "google", Signal.COMPLAINT));
        }
        assertThat(of(simulation.send(10_000, APART), "a")).isBetween(140, 260);
    }

    @Test
    void quickRefusalsDoNotAttract() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a}", "{id: b}");
        // Within what is tolerated, so that trust is equal and the time decides.
        simulation.answers.put("a", sometimes(Signal.DEFERRED, 0.08));
        simulation.takes.put("a", Duration.ofMillis(20));
        simulation.send(2_000, APART);
        assertThat(of(simulation.send(10_000, APART), "a")).isLessThan(5_000);
    }

    @Test
    void ofEquallyTrustedPoolsTheQuickerTakesMore() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a}", "{id: b}");
        simulation.takes.put("a", Duration.ofSeconds(9));
        simulation.send(1_000, APART);
        assertThat(of(simulation.send(10_000, APART), "a")).isBetween(2_000, 3_000);
    }

    @Test
    void whereAllAreDistrustedTheBestStillTakesTheMail() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a}", "{id: b}");
        simulation.answers.put("a", always(Signal.BLOCKED));
        simulation.answers.put("b", sometimes(Signal.BLOCKED, 0.08));
        simulation.send(5_000, APART);
        assertThat(of(simulation.send(1_000, APART), "b")).isGreaterThan(900);
    }

    @Test
    void theOddsAreToldWithoutTouchingTheRandomnessInUse() {
        var simulation = new ChoiceSimulation(folder, NO_EJECTION, "{id: a, weight: 300}", "{id: b, weight: 100}");
        var request = new RoomRequest(simulation.config.routes().get(0), "google", PriorityClass.NORMAL, Set.of(), true);
        Map<String, Integer> odds = simulation.board.odds(request, simulation.brain.chooser(new Random(1)), 1_000);
        assertThat(odds.get("a")).isBetween(700, 800);
        assertThat(simulation.board.view("a", "google").inFlight()).isZero();
        assertThat(new ChoiceSimulation(folder, NO_EJECTION, "{id: a, weight: 300}", "{id: b, weight: 100}").send(100, APART)).isEqualTo(simulation.send(100, APART));
    }

    @Test
    void theOldChoiceIsThereToBeComparedWith() {
        var simulation = new ChoiceSimulation(folder, "enabled: false, " + NO_EJECTION, "{id: a}", "{id: b}");
        simulation.answers.put("a", always(Signal.BLOCKED));
        simulation.send(1_000, APART);
        assertThat(of(simulation.send(1_000, APART), "a")).isBetween(20, 300);
    }
}
