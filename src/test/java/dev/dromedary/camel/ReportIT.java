package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Report, health score and capacity of the whole program, over real mail. */
class ReportIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theReportsFiguresAreThoseOfTheDatabase() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL)) {
            JsonNode before = json(program, "/v1/report?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z");
            assertThat(before.at("/executive_summary/delivered").isNull()).as("nothing is known of then").isTrue();
            assertThat(before.at("/executive_summary/infrastructure_health/band").asText()).isEqualTo("unknown");

            for (int i = 0; i < 5; i++) {
                program.eventually(program.submit("ann" + i + "@gmail.com"), "delivered");
            }
            program.eventually(program.submit("bounce@yahoo.com"), "bounced");
            program.eventually(program.submit("tempfail@gmail.com"), "deferred");
            Objects.requireNonNull(program.camel().getRegistry().lookupByNameAndType("historySampler", HistorySampler.class)).take();

            String from = java.time.Instant.now().minusSeconds(1800).toString();
            JsonNode report = json(program, "/v1/report?from=" + from);
            JsonNode summary = report.get("executive_summary");
            for (String kind : new String[] {"accepted", "delivered", "deferred", "bounced"}) {
                await().atMost(TestProgram.PATIENCE).untilAsserted(() -> assertThat(program.count("select count(*) from event where kind = '" + kind + "'")).as(kind)
                        .isEqualTo(summary.get(kind).asInt()));
            }
            assertThat(report.get("matrix")).anySatisfy(cell -> {
                assertThat(cell.get("provider").asText()).isEqualTo("google");
                assertThat(cell.get("delivered").asInt()).isEqualTo(5);
                assertThat(cell.get("deferred").asInt()).isEqualTo(1);
            });
            assertThat(report.get("charts")).hasSize(5).allSatisfy(chart -> assertThat(chart.get("svg").asText()).startsWith("<svg"));
            JsonNode hours = json(program, "/v1/report");
            assertThat(hours.at("/executive_summary/delivered").asInt()).as("by the hour").isEqualTo(5);

            JsonNode health = json(program, "/v1/health-score");
            assertThat(health.get("score").asDouble()).isBetween(0.0, 1.0);
            assertThat(health.get("missing").toString()).as("what is usual is not known yet").contains("throughput");
            assertThat(json(program, "/v1/capacity").get("forecasts")).anySatisfy(one -> {
                assertThat(one.get("subject").asText()).isEqualTo("pool sink");
                assertThat(one.get("reached_at").isNull()).isTrue();
                assertThat(one.get("why").asText()).contains("no history of a whole day yet");
            });

            HttpResponse<String> html = program.call("GET", "/v1/report?format=html&from=" + from, "");
            assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
            assertThat(html.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'");
            assertThat(html.body()).contains("google", "Executive summary");
            Path file = folder.resolve("out.pdf");
            CommandRun made = CommandRun.of(program, new dev.dromedary.cli.ReportCommand(), "--format", "pdf", "--out", file.toString());
            assertThat(made.status()).as(made.toString()).isZero();
            assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)).startsWith("%PDF");
            assertThat(program.call("GET", "/v1/report?from=yesterday", "").statusCode()).isEqualTo(400);
            assertThat(program.call("GET", "/v1/report?format=doc", "").statusCode()).isEqualTo(400);
            assertThat(program.call("GET", "/v1/report?from=2020-01-01T00:00:00Z", "").statusCode()).isEqualTo(400);
        }
    }

    private static JsonNode json(TestProgram program, String path) throws Exception {
        HttpResponse<String> answer = program.call("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
