package dev.dromedary.warning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.warning.SimulatedSeries.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How early it warns, and how often for nothing, over simulated days with seeds. The figures are printed, and stand in docs/early-warning.md. */
class EarlyWarningsSimulationTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final List<String> PROVIDERS = List.of("google", "yahoo", "microsoft", "apple", "gmx", "orange", "comcast", "other");

    @TempDir
    Path folder;
    private Instant now = MONDAY;
    /** Whether a reaction to the provider's own words is under way. */
    private boolean told;

    @Test
    void overSteadyDaysThereIsLessThanOneFalseAlarmADay() throws IOException {
        int days = 0;
        int alarms = 0;
        long attempts = 0;
        var kinds = new TreeMap<String, Integer>();
        long started = System.nanoTime();
        for (int seed = 1; seed <= 4; seed++) {
            now = MONDAY;
            var warnings = warnings();
            var all = new ArrayList<SimulatedSeries>();
            var states = new ArrayList<State>();
            double[] volumes = {400, 120, 60, 25, 8, 2, 0.5, 0.05};
            double[] deferred = {0.01, 0.03, 0.005, 0.08, 0.02, 0.01, 0.04, 0.02};
            for (int i = 0; i < 16; i++) {
                all.add(new SimulatedSeries(i < 8 ? "a" : "b", PROVIDERS.get(i % 8), volumes[i % 8] / (i < 8 ? 1 : 3), 1_000L * seed + i));
                states.add(new State(deferred[(i + i / 8) % 8], i % 3 == 0 ? 0.004 : 0.0005, 0.2 + 0.1 * i));
            }
            for (int minute = 0; minute < 7 * 1_440; minute++) {
                for (int i = 0; i < all.size(); i++) {
                    attempts += all.get(i).minute(now, states.get(i), warnings::learn);
                }
                now = now.plusSeconds(60);
                warnings.beat();
                for (Warning one : warnings.book().takeChanged()) {
                    if (one.since().equals(one.seen())) {
                        alarms++;
                        kinds.merge(one.kind().id(), 1, Integer::sum);
                        System.out.printf("  seed %d: %s %s %s: %s%n", seed, one.since(), one.pool(), one.id(), one.cause());
                    }
                }
            }
            days += 7;
        }
        System.out.printf("steady: %d false alarms in %d days of 16 series (%.2f a day) %s; %d attempts, %.0f ns each with all looks%n", alarms, days, (double) alarms / days, kinds,
                attempts, (double) (System.nanoTime() - started) / attempts);
        assertThat((double) alarms / days).isLessThan(1);
    }

    @Test
    void aSlowDeclineIsSeenMoreThanTenMinutesBeforeTheProviderBlocks() throws IOException {
        for (double perMinute : new double[] {3, 20, 100, 500}) {
            for (int length : new int[] {60, 120}) {
                List<Long> leads = new ArrayList<>();
                for (int seed = 1; seed <= 10; seed++) {
                    leads.add(lead(perMinute, length, seed));
                }
                leads.sort(null);
                System.out.printf("decline from 1 %% to 12 %% in %d minutes at %.0f a minute: lead of %d minutes in the middle, %d at the least, %d at the most%n", length, perMinute,
                        leads.get(5), leads.get(0), leads.get(9));
                if (perMinute * length >= 2_000) {
                    assertThat(leads.get(0)).as("%s a minute over %d minutes", perMinute, length).isGreaterThan(10);
                }
            }
        }
    }

    @Test
    void repliesThatTakeFourTimesAsLongAreToldWithoutACut() throws IOException {
        assertThat(changed(new State(0.01, 0.001, 0.3), new State(0.01, 0.001, 1.2), 60)).contains(WarningKind.LATENCY).doesNotContain(WarningKind.RISING_DEFERRALS);
    }

    @Test
    void whatIsOnlyALittleWorseInEachRespectIsOddTogether() throws IOException {
        assertThat(changed(new State(0.01, 0.001, 0.3), new State(0.02, 0.006, 0.55), 60)).contains(WarningKind.JOINT_ANOMALY);
    }

    @Test
    void blocksThatCreepUpAreTold() throws IOException {
        assertThat(changed(new State(0.01, 0.001, 0.3), new State(0.01, 0.02, 0.3), 60)).contains(WarningKind.RISING_BLOCKS);
    }

    @Test
    void whereTheProviderHasSaidSoItselfThereIsNothingToWarnOf() throws IOException {
        told = true;
        assertThat(changed(new State(0.01, 0.001, 0.3), new State(0.01, 0.02, 0.3), 60)).isEmpty();
    }

    /** What is warned of within so many minutes of a change after a day and a half. */
    private java.util.Set<WarningKind> changed(State before, State after, int minutes) throws IOException {
        now = MONDAY;
        var warnings = warnings();
        var series = new SimulatedSeries("a", "google", 150, 5);
        var kinds = new java.util.TreeSet<WarningKind>();
        int change = 36 * 60;
        for (int minute = 0; minute < change + minutes; minute++) {
            series.minute(now, minute < change ? before : after, warnings::learn);
            now = now.plusSeconds(60);
            warnings.beat();
            warnings.book().open().forEach(one -> kinds.add(one.kind()));
        }
        warnings.book().open().forEach(one -> System.out.println("  " + one.kind() + ": " + one.cause()));
        return kinds;
    }

    @Test
    void learningAndAskingCostLittle() throws IOException {
        var warnings = warnings();
        var evidence = new dev.dromedary.reputation.Evidence("a", "google", "example.com", "default", null, dev.dromedary.reputation.Signal.ACCEPTED, java.time.Duration.ofMillis(300));
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 200_000; i++) {
                warnings.learn(evidence);
                warnings.of("a", "google");
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf("to learn of an attempt and to ask for a ceiling: %d ns%n", best / 200_000);
        assertThat(best / 200_000).isLessThan(1_000);
    }

    /** @return minutes from the first warning to the block, which comes where 10 % are put off */
    private long lead(double perMinute, int length, int seed) throws IOException {
        now = MONDAY;
        var warnings = warnings();
        var series = new SimulatedSeries("a", "google", perMinute, seed);
        int begin = 9 * 60 + 17 * seed;
        int block = begin + length * 9 / 11;
        for (int minute = 0; minute < block; minute++) {
            double deferred = minute < begin ? 0.01 : 0.01 + 0.11 * (minute - begin) / length;
            series.minute(now, new State(deferred, 0.001, 0.4), warnings::learn);
            now = now.plusSeconds(60);
            warnings.beat();
            if (!warnings.book().open().isEmpty()) {
                if (minute < begin) {
                    throw new AssertionError("warned before the decline: " + warnings.book().open());
                }
                return block - minute;
            }
        }
        return 0;
    }

    private EarlyWarnings warnings() throws IOException {
        Files.writeString(folder.resolve("dromedary.yaml"), """
                pools:
                  - {id: a, host: 127.0.0.1, port: 2526, tls: none}
                  - {id: b, host: 127.0.0.1, port: 2526, tls: none}
                delivery-routes:
                  - {id: both, recipients: ["*"], pools: [a, b]}
                """);
        DromedaryConfig config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        return new EarlyWarnings(config, (pool, provider) -> told ? new Ceiling(null, 1, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, "told") : Ceiling.NONE, List::of, () -> now);
    }
}
