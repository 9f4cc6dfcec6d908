package dev.dromedary.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.event.EventKind;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** What Prometheus and Grafana are told, against what the program shows. */
class MonitoringFilesTest {
    private static final Map<String, String> ENV = Map.of("BROKER_PASSWORD", "b", "POSTGRES_PASSWORD", "p", "API_KEY_SHA256", "0a".repeat(32), "GRAFANA_PASSWORD", "g");
    private final ComposeFile compose = ComposeFile.read(ENV);
    private final Map<String, Set<String>> shown = MetricsPage.series();

    MonitoringFilesTest() throws IOException {
    }

    @Test
    void everyMetricExists() throws IOException {
        Set<String> recorded = Expressions.recorded();
        for (String expression : Expressions.all()) {
            Set<String> own = new TreeSet<>(Expressions.metrics(expression));
            assertThat(own).as(expression).isNotEmpty();
            own.removeAll(recorded);
            own.remove("up");
            assertThat(shown.keySet()).as(expression).containsAll(own);
        }
    }

    @Test
    void everyMetricOfOursIsOnAPanelOrInARule() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String expression : Expressions.all()) {
            used.addAll(Expressions.metrics(expression));
        }
        for (var metric : MetricsPage.read().entrySet()) {
            if (metric.getKey().startsWith("dromedary_")) {
                assertThat(used).as(metric.getKey()).anyMatch(name -> name.equals(metric.getKey()) || metric.getValue().isTimer() && name.startsWith(metric.getKey() + "_"));
            }
        }
    }

    @Test
    void everyPanelAndAlertThatTheMetricsPageNamesIsThere() throws IOException {
        List<String> panels = Expressions.dashboard().path("panels").findValuesAsText("title");
        List<String> alerts = Expressions.alerts();
        Matcher named = Pattern.compile("\\*([^*]+)\\*|`(Dromedary[A-Za-z]+)`").matcher(String.join("\n", Files.readAllLines(MetricsPage.FILE).stream().filter(line -> line.startsWith("|")).toList()));
        while (named.find()) {
            assertThat(named.group(1) == null ? alerts : panels).contains(named.group(1) == null ? named.group(2) : named.group(1));
        }
    }

    @Test
    void everyLabelExists() throws IOException {
        for (String expression : Expressions.all()) {
            Set<String> labels = new TreeSet<>();
            Expressions.metrics(expression).forEach(metric -> labels.addAll(metric.contains(":") ? Set.of("provider") : shown.getOrDefault(metric, Set.of())));
            assertThat(labels).as(expression).containsAll(Expressions.groupings(expression));
            Expressions.selectors(expression).stream().filter(selector -> !selector.metric().equals("up"))
                    .forEach(selector -> assertThat(shown.get(selector.metric())).as(expression).contains(selector.label()));
        }
    }

    @Test
    void everyOutcomeAskedForIsOne() throws IOException {
        List<String> outcomes = Arrays.stream(EventKind.values()).map(EventKind::id).toList();
        for (String expression : Expressions.all()) {
            Expressions.selectors(expression).stream().filter(selector -> selector.label().equals("outcome") && !selector.metric().equals("dromedary_alerts_notices_total"))
                    .forEach(selector -> assertThat(outcomes).as(expression).contains(selector.value()));
        }
    }

    @Test
    void prometheusReadsTheManagementPort() throws IOException {
        DromedaryConfig config = Objects.requireNonNull(new ConfigLoader(BuiltInProviders.load()).lint(Path.of("ops/compose"), Path.of("data"), compose.environment("dromedary")).config());
        JsonNode job = ComposeFile.yaml(Path.of("ops/prometheus/prometheus.yml")).at("/scrape_configs/0");

        assertThat(job.path("job_name").asText()).isEqualTo("dromedary");
        assertThat(job.path("metrics_path").asText()).isEqualTo("/observe/metrics");
        assertThat(ComposeFile.texts(job.at("/static_configs/0/targets"))).containsExactly("dromedary:" + config.management().port());
        assertThat(Expressions.all()).filteredOn(expression -> expression.contains("job=")).allMatch(expression -> expression.contains("job=\"dromedary\""));
    }

    @Test
    void prometheusFindsItsFilesWhereTheyAreMounted() throws IOException {
        assertThat(compose.mounts("prometheus")).contains(new ComposeFile.Mount("./ops/prometheus", "/etc/prometheus", true));
        assertThat(ComposeFile.texts(compose.service("prometheus").path("command"))).contains("--config.file=/etc/prometheus/prometheus.yml");
        assertThat(compose.mounts("prometheus")).anyMatch(mount -> mount.target().equals("/prometheus"));
        assertThat(ComposeFile.texts(ComposeFile.yaml(Path.of("ops/prometheus/prometheus.yml")).path("rule_files")))
                .allSatisfy(file -> assertThat(Path.of("ops/prometheus", file)).isRegularFile());
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() throws IOException {
        ComposeFile.yaml(Expressions.RULES).path("groups").forEach(group -> group.path("rules").forEach(rule -> {
            if (rule.has("alert")) {
                assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
                assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
                assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
            }
        }));
    }

    @Test
    void everyAlertHasATestOfPromtool() throws IOException {
        assertThat(ComposeFile.yaml(Path.of("ops/prometheus/tests/rules.test.yml")).findValuesAsText("alertname")).containsAll(Expressions.alerts());
    }

    @Test
    void promtoolTakesTheFilesAndItsTestsOfTheRulesPass(@TempDir Path folder) throws Exception {
        promtool(folder, "check", "config", "ops/prometheus/prometheus.yml");
        promtool(folder, "test", "rules", "ops/prometheus/tests/rules.test.yml");
    }

    private static void promtool(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        } catch (IOException e) {
            throw new TestAbortedException("there is no promtool: its tests were not run", e);
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }

    @Test
    void grafanaFindsItsFilesAndPrometheus() throws IOException {
        JsonNode source = ComposeFile.yaml(Path.of("ops/grafana/provisioning/datasources/prometheus.yml")).at("/datasources/0");
        JsonNode provider = ComposeFile.yaml(Path.of("ops/grafana/provisioning/dashboards/dromedary.yml")).at("/providers/0");

        assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
        assertThat(compose.service("prometheus").at("/healthcheck/test").toString()).contains("http://127.0.0.1:9090/");
        assertThat(compose.mounts("grafana")).contains(new ComposeFile.Mount("./ops/grafana/provisioning", "/etc/grafana/provisioning", true),
                new ComposeFile.Mount("./ops/grafana/dashboards", provider.at("/options/path").asText(), true));
        assertThat(Expressions.dashboard().findValues("datasource")).isNotEmpty().allSatisfy(used -> assertThat(used.path("uid")).isEqualTo(source.path("uid")));
    }

    @Test
    void panelsDoNotOverlap() throws IOException {
        boolean[][] taken = new boolean[200][24];
        Expressions.dashboard().path("panels").forEach(panel -> {
            JsonNode at = panel.path("gridPos");
            for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
                for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
                    assertThat(taken[y][x]).as(panel.path("title").asText()).isFalse();
                    taken[y][x] = true;
                }
            }
        });
        assertThat(Expressions.dashboard().path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
        assertThat(Files.size(Expressions.DASHBOARD)).isPositive();
    }
}
