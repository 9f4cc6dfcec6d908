package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dromedary.FreePort;
import dev.dromedary.deployment.Expressions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A Prometheus that scrapes a busy program, with the rules and the expressions of Grafana's panels. */
class PrometheusIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static Process prometheus;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = FreePort.next();
        program = BusyProgram.start(Files.createDirectories(folder.resolve("program")));
        Path config = Files.writeString(folder.resolve("prometheus.yml"), Files.readString(Path.of("ops/prometheus/prometheus.yml")).replace("15s", "1s")
                .replace("- rules.yml", "- " + Expressions.RULES.toAbsolutePath()).replace("dromedary:8026", "127.0.0.1:" + program.config().management().port())
                .replace("127.0.0.1:9090", "127.0.0.1:" + port));
        try {
            prometheus = new ProcessBuilder("prometheus", "--config.file=" + config, "--storage.tsdb.path=" + folder.resolve("tsdb"), "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        } catch (IOException e) {
            program.close();
            throw new TestAbortedException("there is no prometheus: rules and panels were not tried with one", e);
        }
        await().atMost(TestProgram.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(value("min(count_over_time(up{job=\"dromedary\"}[1m]))")).isGreaterThanOrEqualTo(2));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (prometheus != null) {
            prometheus.destroy();
            prometheus.waitFor(30, TimeUnit.SECONDS);
        }
        if (program != null) {
            program.close();
        }
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(TestProgram.PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode json = new JsonMapper().readTree(answer.body());
        assertThat(json.path("status").asText()).as(path + " " + answer.body()).isEqualTo("success");
        return json.path("data");
    }

    private static JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).path("result");
    }

    private static double value(String expression) throws IOException, InterruptedException {
        return query(expression).required(0).required("value").required(1).asDouble();
    }

    @Test
    void theProgramIsScrapedWithoutAComplaint() throws Exception {
        JsonNode targets = get("/api/v1/targets").path("activeTargets");
        assertThat(targets).hasSize(2).allSatisfy(target -> {
            assertThat(target.path("health").asText()).as(target.toString()).isEqualTo("up");
            assertThat(target.path("lastError").asText()).isEmpty();
        });
        assertThat(value("sum(dromedary_outcomes_total{outcome=\"delivered\"})")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void everyPanelHasSomethingToShow() throws Exception {
        await().atMost(TestProgram.PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            // What a counter has when it is first seen is no rate, and an ejection ends.
            program.submit("bob@gmail.com");
            program.submit("drop@yahoo.com");
            List<String> nothing = new ArrayList<>();
            for (String expression : Expressions.ofDashboard()) {
                // What only shows what is not nought, or comes after a crash alone.
                if (query(expression.replace("$__rate_interval", "30s")).isEmpty() && !expression.endsWith("> 0") && !expression.contains("dromedary_duplicates_prevented_total")) {
                    nothing.add(expression);
                }
            }
            assertThat(nothing).isEmpty();
        });
    }

    @Test
    void everyRuleIsEvaluatedAndNoneCries() throws Exception {
        await().atMost(TestProgram.PATIENCE).untilAsserted(() -> {
            var rules = get("/api/v1/rules").path("groups").findValues("rules").stream().flatMap(group -> group.findParents("health").stream()).toList();
            assertThat(rules).hasSizeGreaterThanOrEqualTo(Expressions.alerts().size()).allSatisfy(rule -> assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok"));
        });
        assertThat(query("ALERTS{alertstate=\"firing\"}")).isEmpty();
    }
}
