package dev.dromedary.camel;

import dev.dromedary.alert.AlertDesk;
import dev.dromedary.alert.AlertRule;
import dev.dromedary.alert.BuiltInRules;
import dev.dromedary.alert.Severity;
import dev.dromedary.config.AlertSettings;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.hold.HoldStore;
import dev.dromedary.hold.Holds;
import dev.dromedary.store.AlertReadings;
import dev.dromedary.store.AlertStore;
import dev.dromedary.store.ReactionStore;
import dev.dromedary.store.Sql;
import dev.dromedary.store.TestDatabase;
import dev.dromedary.store.WarningStore;
import dev.dromedary.warning.Warning;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How long a look at the built-in rules takes with 3,000 series a minute and four weeks of hours: {@code mvn verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=AlertLookMeasurement}. */
class AlertLookMeasurement {
    private static final String BUCKETS = "array(select generate_series(60, 119)), array(select 10::bigint from generate_series(1, 60))";

    private static final Instant NOW = Instant.parse("2026-03-30T10:00:01Z");

    @Test
    void looks() throws SQLException {
        DataSource source = TestDatabase.dataSource();
        fill(source);
        var targets = new AlertTargets(List.of(), new AlertTargets.Mail(List.of(), null, Severity.WARNING, "alerts"));
        var settings = new AlertSettings(true, Duration.ofHours(4), BuiltInRules.all(), true, Duration.ofDays(14), Duration.ofDays(3), Duration.ofMinutes(5), Duration.ofMinutes(15), targets);
        var readings = new AlertReadings(source, "alerts");
        for (AlertRule rule : settings.rules()) {
            long start = System.nanoTime();
            readings.read(rule, NOW);
            long read = System.nanoTime();
            readings.before(rule, NOW);
            System.out.printf("%s: value %d ms, past %d ms%n", rule.id(), millis(read - start), millis(System.nanoTime() - read));
        }
        var warnings = new WarningStore(source, new Warning.Steps(List.of(0.5), Duration.ofMinutes(10), Duration.ofMinutes(15), Duration.ofMinutes(15)));
        Instant[] now = {NOW};
        var keeper = new AlertKeeper(settings, new AlertStore(source), readings, new AlertSources(settings, warnings, readings, at -> List.of(),
                new HaltedProviders(new ReactionStore(source), Set.of("bulk", "vip"), settings.halted()), new PausedByItself(new HoldStore(source, new Holds(java.time.InstantSource.system()), java.time.InstantSource.system()))), (connection, looked) -> { },
                new AlertDesk(settings.remindEvery(), () -> UUID.randomUUID().toString()), TestNotices.noOutage(() -> now[0]), new SimpleMeterRegistry(), () -> now[0]);
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            keeper.look();
            System.out.printf("look: %d ms%n", millis(System.nanoTime() - start));
            now[0] = now[0].plusSeconds(60);
        }
        TestDatabase.empty();
    }

    /** Three nodes, 20 providers, 10 pools and 5 streams by the minute; one node and 2 streams by the hour. */
    private static void fill(DataSource source) throws SQLException {
        TestDatabase.empty();
        String series = "0, 600, 30, 10, 0, 0, 100000, " + BUCKETS + ", 5000, " + BUCKETS;
        Sql.update(source, "insert into metric select 60, timestamptz '2026-03-30T09:59:00Z' - m * interval '1 minute', 'n' || n, '', 'p' || p, 'pool' || q, 's' || s, " + series
                + " from generate_series(0, 30) m, generate_series(1, 3) n, generate_series(1, 20) p, generate_series(1, 10) q, generate_series(1, 5) s");
        Sql.update(source, "insert into metric_sample select 60, timestamptz '2026-03-30T09:59:00Z' - m * interval '1 minute', 'n' || n, 60 from generate_series(0, 30) m, generate_series(1, 3) n");
        Sql.update(source, "insert into metric select 3600, timestamptz '2026-03-30T10:00:00Z' - m * interval '1 hour', 'n1', '', 'p' || p, 'pool' || q, 's' || s, " + series
                + " from generate_series(1, 672) m, generate_series(1, 20) p, generate_series(1, 10) q, generate_series(1, 2) s");
        Sql.update(source, "insert into metric_sample select 3600, timestamptz '2026-03-30T10:00:00Z' - m * interval '1 hour', 'n1', 3600 from generate_series(1, 672) m");
        Sql.update(source, "analyze");
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
