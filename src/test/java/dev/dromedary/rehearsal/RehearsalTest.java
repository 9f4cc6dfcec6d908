package dev.dromedary.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.Scenario;
import dev.dromedary.config.ScenarioReader;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    private Path folder;

    @Test
    void theSameSeedGivesTheSameResultUnderEveryPolicy() throws IOException {
        Scenario scenario = troubled(7);
        for (Policy policy : Policy.values()) {
            assertThat(new Rehearsal(scenario, policy, false).run()).as(policy.id()).isEqualTo(new Rehearsal(scenario, policy, false).run());
        }
    }

    @Test
    void anotherSeedGivesAnother() throws IOException {
        assertThat(new Rehearsal(troubled(7), Policy.ROUND_ROBIN, false).run()).isNotEqualTo(new Rehearsal(troubled(8), Policy.ROUND_ROBIN, false).run());
    }

    @Test
    void everyMessageIsDeliveredBouncedGivenUpPausedOrStillHeld() throws IOException {
        for (Policy policy : Policy.values()) {
            Result result = new Rehearsal(troubled(3), policy, false).run();
            assertThat(result.accepted()).isEqualTo(30_000);
            assertThat(result.delivered() + result.bounced() + result.expired() + result.paused() + result.held()).as(policy.id()).isEqualTo(result.accepted());
        }
    }

    @Test
    void whereAPoolIsRefusedTheBrainLeavesItAloneAndRoundRobinGoesOnPressing() throws IOException {
        Scenario scenario = troubled(5);
        Result brain = new Rehearsal(scenario, Policy.REPUTATION, false).run();
        Result turns = new Rehearsal(scenario, Policy.ROUND_ROBIN, false).run();
        assertThat(brain.withinHour()).isGreaterThan(0.99);
        assertThat(brain.blockedAttempts()).isLessThan(turns.blockedAttempts() / 5);
    }

    @Test
    void aPoolThatCannotBeReachedLosesNothing() throws IOException {
        Result result = new Rehearsal(read("""
                length: 3h
                dromedary:
                  pools: [{id: a, host: a.example.net}, {id: b, host: b.example.net}]
                traffic: [{id: news, messages: 5k, shape: flat, unknown: 0}]
                mailboxes: {other: {busy: 0}}
                events: [{id: hole, effect: black-hole, pool: a, at: 30m, length: 1h}]
                """), Policy.REPUTATION, false).run();
        assertThat(result.withinHour()).isEqualTo(1);
        assertThat(result.deliveredByPool()).containsKeys("a", "b");
    }

    @Test
    void pressingOverAProvidersRateBringsABlock() throws IOException {
        String text = """
                length: 3h
                dromedary:
                  pools: [{id: a, host: a.example.net}]
                  providers: {yahoo: {consumers: 50}}
                traffic: [{id: news, messages: 20k, from: 30m, length: 1h, shape: flat, mix: [yahoo=1]}]
                mailboxes: {yahoo: {rate: 60/min, patience: 200}}
                """;
        assertThat(new Rehearsal(read(text), Policy.ROUND_ROBIN, false).run().blocks()).isPositive();
        assertThat(new Rehearsal(read(text), Policy.REPUTATION, false).run().blocks()).isZero();
    }

    /** A pool refused by Google for an hour, answers lost, recipients unknown. */
    private Scenario troubled(int seed) throws IOException {
        return read("""
                length: 4h
                seed: %d
                dromedary:
                  pools: [{id: a, host: a.example.net}, {id: b, host: b.example.net}, {id: c, host: c.example.net}]
                traffic:
                  - {id: news, campaign: spring, messages: 25k, priority: 150, unknown: 1, mix: [google=2, other=1]}
                  - {id: receipts, stream: receipts, messages: 5k, priority: 50, mix: [google=1, yahoo=1]}
                mailboxes:
                  google: {rate: 600/min, drop: 0.1}
                  other: {greylist: 20}
                events:
                  - {id: listed, effect: block, pool: a, provider: google, at: 1h, length: 1h}
                """.formatted(seed));
    }

    private Scenario read(String text) throws IOException {
        return new ScenarioReader(BuiltInProviders.load()).read(Files.writeString(folder.resolve("scenario.yaml"), text));
    }
}
