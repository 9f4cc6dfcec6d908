package dev.dromedary.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** When the pace is cut and raised, on a clock of the test's own. */
class AdaptivePaceTest {
    private static final Duration QUICK = Duration.ofMillis(100);
    private static final DromedaryConfig CONFIG = config("""
            pools:
              - {id: a, host: 127.0.0.1, port: 2526, tls: none, limits: {yahoo: {rate: 120/min}}}
              - {id: b, host: 127.0.0.1, port: 2526, tls: none}
            """);

    private Instant now = Instant.parse("2026-03-01T14:03:00Z");
    private final List<PaceChange> changes = new ArrayList<>();
    private final AdaptivePace pace = pace(CONFIG);

    @Test
    void withoutRefusalsItSaysNothing() {
        send("google", 100, 0);
        assertThat(pace.of("a", "google")).isSameAs(Ceiling.NONE);
        assertThat(pace.of("nobody", "google")).isSameAs(Ceiling.NONE);
        pace.learn(new Evidence("nobody", "nothing", null, "s", null, Signal.BLOCKED, QUICK));
        assertThat(changes).isEmpty();
    }

    @Test
    void aFewDeferralsAmongManyAreTolerated() {
        for (int i = 0; i < 20; i++) {
            send("google", 49, 1);
        }
        assertThat(pace.of("a", "google")).isSameAs(Ceiling.NONE);
    }

    @Test
    void aCutSaysFromWhatAndWhyAndTouchesNoOtherPoolOrProvider() {
        send("google", 45, 0);
        pace.heard("a", "google", "421 4.7.0 try again later");
        send("google", 0, 5);
        assertThat(changes).singleElement().satisfies(cut -> {
            assertThat(cut.kind()).isEqualTo(PaceChange.Kind.CUT);
            assertThat(cut.to()).isCloseTo(0.7 * cut.from(), within(0.01));
        });
        Ceiling ceiling = pace.of("a", "google");
        assertThat(ceiling.why()).isEqualTo("adaptive pace 43/min, cut from 61/min at 2026-03-01T14:03:49Z after 5 of 50 were deferred: 421 4.7.0 try again later");
        assertThat(ceiling.halt()).isNull();
        assertThat(ceiling.connectionsOf(20)).isEqualTo(20);
        assertThat(pace.of("a", "yahoo")).isSameAs(Ceiling.NONE);
        assertThat(pace.of("b", "google")).isSameAs(Ceiling.NONE);
    }

    @Test
    void threeOfThreeAreEnough() {
        send("google", 0, 3);
        assertThat(changes).hasSize(1);
    }

    @Test
    void blocksCutDeeperThanDeferrals() {
        send("google", 45, 0);
        for (int i = 0; i < 5; i++) {
            attempt("google", Signal.BLOCKED, QUICK);
        }
        assertThat(changes.get(0).to()).isCloseTo(0.5 * changes.get(0).from(), within(0.01));
        assertThat(pace.of("a", "google").why()).endsWith("after 5 of 50 were blocked");
        assertThat(pace.of("a", "google").connectionsOf(20)).isEqualTo(15);
    }

    @Test
    void itIsCutOnceAMinuteAtMostAndNotForWhatWasUnderWay() {
        send("google", 0, 30);
        assertThat(changes).hasSize(1);
        pass(Duration.ofMinutes(2));
        for (int i = 0; i < 30; i++) {
            attempt("google", Signal.DEFERRED, Duration.ofMinutes(10));
        }
        assertThat(changes).hasSize(1);
        send("google", 0, 5);
        assertThat(changes).hasSize(2);
    }

    @Test
    void itIsNeverCutBelowTheFloorHoweverLongTheProviderRefuses() {
        for (int i = 0; i < 1_000; i++) {
            send("google", 0, 10);
            pace.beat();
        }
        assertThat(pace.of("a", "google").perSecond()).isCloseTo(1 / 60.0, within(1e-9));
    }

    @Test
    void fromTheFloorItIsBackInFewStepsNoneOfWhichIsMoreThanTwice() {
        send("google", 300, 0);
        double usual = 0;
        for (int i = 0; i < 500; i++) {
            send("google", 0, 5);
            usual = Math.max(usual, changes.get(0).from());
        }
        changes.clear();
        for (int i = 0; i < 12 * 12 && pace.of("a", "google") != Ceiling.NONE; i++) {
            pass(Duration.ofMinutes(5));
            pace.beat();
        }
        assertThat(pace.of("a", "google")).isSameAs(Ceiling.NONE);
        assertThat(changes).hasSizeLessThan(50).allSatisfy(change -> assertThat(change.to() <= 2.0001 * change.from() || change.kind() == PaceChange.Kind.FREED).isTrue());
        assertThat(changes.get(changes.size() - 2).to()).isGreaterThanOrEqualTo(usual);
    }

    @Test
    void whatIsNoOneSpeedsFaultIsNotHeldAgainstThePace() {
        for (Signal signal : List.of(Signal.NEUTRAL, Signal.HARD_BOUNCE, Signal.COMPLAINT)) {
            for (int i = 0; i < 50; i++) {
                attempt("google", signal, QUICK);
            }
        }
        assertThat(pace.of("a", "google")).isSameAs(Ceiling.NONE);
    }

    @Test
    void domainsThatNoProviderClaimsHaveNothingInCommonUnlessAskedFor() {
        send("other", 0, 50);
        assertThat(pace.of("a", "other")).isSameAs(Ceiling.NONE);
        AdaptivePace all = pace(config("adaptive-pace: {include-other: true}\npools: [{id: a, host: 127.0.0.1, port: 2526, tls: none}]\n"));
        for (int i = 0; i < 50; i++) {
            all.learn(new Evidence("a", "other", null, "s", null, Signal.DEFERRED, QUICK));
        }
        assertThat(all.of("a", "other")).isNotSameAs(Ceiling.NONE);
    }

    @Test
    void switchedOffItLearnsNothing() {
        AdaptivePace off = pace(config("adaptive-pace: {enabled: false}\npools: [{id: a, host: 127.0.0.1, port: 2526, tls: none}]\n"));
        for (int i = 0; i < 50; i++) {
            off.learn(new Evidence("a", "google", null, "s", null, Signal.DEFERRED, QUICK));
        }
        assertThat(off.of("a", "google")).isSameAs(Ceiling.NONE);
    }

    /** Whatever is heard, whenever: between floor and hard ceiling, or free. */
    @Property(tries = 200)
    void itIsNeverAboveTheCeilingNorBelowTheFloor(@ForAll long seed) {
        var random = new Random(seed);
        double share = random.nextDouble();
        for (int i = 0; i < 2_000; i++) {
            attempt("yahoo", random.nextDouble() < share ? random.nextBoolean() ? Signal.DEFERRED : Signal.BLOCKED : Signal.ACCEPTED, Duration.ofMillis(random.nextInt(5_000)));
            pass(Duration.ofMillis((long) Math.exp(random.nextDouble() * 12)));
            pace.beat();
            Ceiling ceiling = pace.of("a", "yahoo");
            assertThat(ceiling == Ceiling.NONE || ceiling.perSecond() < 2.0 && ceiling.perSecond() >= 1 / 60.0 - 1e-9).as(ceiling.toString()).isTrue();
            if (random.nextInt(200) == 0) {
                share = random.nextDouble();
            }
        }
    }

    /** One a second. */
    private void send(String provider, int taken, int deferred) {
        for (int i = 0; i < taken + deferred; i++) {
            attempt(provider, i < taken ? Signal.ACCEPTED : Signal.DEFERRED, QUICK);
            pass(Duration.ofSeconds(1));
        }
    }

    private void attempt(String provider, Signal signal, Duration took) {
        pace.learn(new Evidence("a", provider, "example.com", "news", null, signal, took));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private AdaptivePace pace(DromedaryConfig config) {
        var fresh = new AdaptivePace(config, () -> now, () -> Duration.between(Instant.EPOCH, now).toNanos());
        fresh.onChange(changes::add);
        return fresh;
    }

    private static DromedaryConfig config(String yaml) {
        try {
            Path folder = Files.createTempDirectory("pace");
            Files.writeString(folder.resolve("dromedary.yaml"), yaml);
            return new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
