package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.alert.AlertMetric;
import dev.dromedary.alert.AlertRule;
import dev.dromedary.alert.BuiltInRules;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Condition;
import dev.dromedary.alert.Suggestions;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertSchemaTest {
    @TempDir
    Path directory;

    @Test
    void withoutAnythingTheBuiltInRulesHold() throws IOException {
        assertThat(settings("{}").rules()).isEqualTo(BuiltInRules.all());
    }

    @Test
    void aBuiltInRuleIsChangedKeyByKeyOrLeftOutAndFurtherOnesAreAdded() throws IOException {
        Map<String, AlertRule> rules = rules("""
                alerts:
                  remind-every: 1h
                  rules:
                    errors-high: {warning: 2, for: 10m}
                    pool-down: {enabled: false}
                    throughput-low: {critical: 9}
                    disk-full-soon: {limit: 80, warning-within: 2d}
                    receipts-slow: {metric: time-to-delivery, by: stream, warning: 60, critical: 300, window: 30m, least: 20, actions: ["Call the shop", "Look at the lanes"]}
                    nothing-comes: {metric: accepted-per-second, warning: 0.5}
                """);
        AlertRule errors = rules.get("errors-high");
        assertThat(errors.condition()).isEqualTo(new Condition.Limit(true, 2.0, 10.0, 1.8));
        assertThat(errors.lasts()).isEqualTo(Duration.ofMinutes(10));
        assertThat(errors.by()).isEqualTo(By.POOL_PROVIDER);
        assertThat(errors.least()).isEqualTo(100);
        assertThat(rules).doesNotContainKey("pool-down").hasSize(BuiltInRules.all().size() + 1);
        assertThat(rules.get("throughput-low").condition()).isEqualTo(new Condition.Unusual(false, 4, 9, 0.5));
        assertThat(rules.get("disk-full-soon").condition()).isEqualTo(new Condition.Ahead(true, 80, Duration.ofDays(2), Duration.ofHours(4)));
        assertThat(rules.get("receipts-slow")).isEqualTo(new AlertRule("receipts-slow", AlertMetric.TIME_TO_DELIVERY, By.STREAM, new Condition.Limit(true, 60.0, 300.0, 54), Duration.ofMinutes(30),
                Duration.ofMinutes(5), 20, List.of("Call the shop", "Look at the lanes")));
        AlertRule none = rules.get("nothing-comes");
        assertThat(none.condition()).as("low is bad").isEqualTo(new Condition.Limit(false, 0.5, null, 0.55));
        assertThat(none.by()).isEqualTo(By.ALL);
        assertThat(none.actions()).isEqualTo(Suggestions.of(AlertMetric.ACCEPTED_PER_SECOND));
    }

    @Test
    void aClearThatIsKeptFromTheBuiltInRuleMovesWithItsThreshold() throws IOException {
        assertThat(rules("alerts: {rules: {errors-high: {least: 10}}}").get("errors-high").condition()).isEqualTo(new Condition.Limit(true, 5.0, 10.0, 4.5));
        assertThat(rules("alerts: {rules: {errors-high: {warning: 8, clear: 3}}}").get("errors-high").condition()).isEqualTo(new Condition.Limit(true, 8.0, 10.0, 3));
    }

    @Test
    void allThatContradictsItselfIsSaidWithItsLine() throws IOException {
        assertThat(lint("""
                alerts:
                  capacity: {warning-within: 1d, critical-within: 2d}
                  rules:
                    mine: {warning: 3}
                    a: {metric: error-rate}
                    b: {metric: error-rate, warning: 5, critical: 5}
                    c: {metric: error-rate, warning: 5, clear: 6}
                    d: {metric: delivered-per-second, warning: 5, critical: 9}
                    e: {metric: disk-used, by: pool, warning: 5}
                    f: {metric: disk-used, when: unusually-high}
                    g: {metric: error-rate, when: forecast, limit: 4}
                    h: {metric: disk-used, when: forecast}
                    i: {metric: disk-used, when: forecast, limit: 4, warning-within: 1h}
                    j: {metric: error-rate, when: unusually-high, warning: 8, critical: 8}
                    k: {metric: opens}
                    l: {metric: reputation, warning: 0.5, clear: 0.4}
                """).problems()).extracting(problem -> problem.code() + " " + problem.line() + " " + problem.key() + ": " + problem.seen()).containsExactly(
                "OUT_OF_RANGE 2 alerts.capacity.critical-within: 2d, with a warning within 1d",
                "MISSING_VALUE 4 alerts.rules.mine.metric: no metric, and \"mine\" is no built-in rule",
                "MISSING_VALUE 5 alerts.rules.a.warning: neither warning nor critical",
                "OUT_OF_RANGE 6 alerts.rules.b.critical: 5.0, with a warning at 5.0",
                "OUT_OF_RANGE 7 alerts.rules.c.clear: 6.0, with a threshold of 5.0",
                "OUT_OF_RANGE 8 alerts.rules.d.critical: 9.0, with a warning at 5.0",
                "BAD_VALUE 9 alerts.rules.e.by: \"pool\", which disk-used is not told apart by",
                "BAD_VALUE 10 alerts.rules.f.when: a rule on disk-used, of which nothing is usual at an hour of the week",
                "BAD_VALUE 11 alerts.rules.g.when: a forecast of error-rate, which is no gauge",
                "MISSING_VALUE 12 alerts.rules.h.limit: no limit",
                "OUT_OF_RANGE 13 alerts.rules.i.critical-within: 4h, with a warning within 1h",
                "OUT_OF_RANGE 14 alerts.rules.j.critical: 8.0 deviations, with a warning at 8.0",
                "BAD_VALUE 15 alerts.rules.k.metric: \"opens\"",
                "OUT_OF_RANGE 16 alerts.rules.l.clear: 0.4, with a threshold of 0.5");
    }

    @Test
    void anAlarmOnTheGoodSideAndKeysOfAnotherKindAreWarnedOf() throws IOException {
        LintResult result = lint("""
                alerts:
                  rules:
                    busy: {metric: delivered-per-second, when: above, warning: 500, least-change: 20}
                    disk-full-soon: {warning: 80}
                """);
        assertThat(result.config()).isNotNull();
        assertThat(result.problems()).extracting(problem -> problem.code() + " " + problem.key()).containsExactlyInAnyOrder(
                "ALERT_DIRECTION alerts.rules.busy.when", "UNUSED_VALUE alerts.rules.busy.least-change", "UNUSED_VALUE alerts.rules.disk-full-soon.warning");
    }

    private Map<String, AlertRule> rules(String yaml) throws IOException {
        return settings(yaml).rules().stream().collect(Collectors.toMap(AlertRule::id, Function.identity()));
    }

    private AlertSettings settings(String yaml) throws IOException {
        LintResult result = lint(yaml);
        return Objects.requireNonNull(result.config(), () -> String.valueOf(result.problems())).alerts();
    }

    private LintResult lint(String yaml) throws IOException {
        Files.writeString(directory.resolve(ConfigLoader.FILE), yaml);
        return new ConfigLoader(BuiltInProviders.load()).lint(directory, Path.of("data"), Map.of());
    }
}
