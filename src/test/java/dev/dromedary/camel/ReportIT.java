package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.event.EventHistory;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.report.HealthReading;
import dev.dromedary.store.HistoryStore;
import dev.dromedary.store.ReportStore;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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

            String from = Instant.now().minusSeconds(1800).toString();
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
            assertThat(report.get("charts")).hasSize(7).allSatisfy(chart -> assertThat(chart.get("svg").asText()).startsWith("<svg"));
            assertThat(summary.get("waiting").isNumber()).isTrue();
            assertThat(summary.get("waiting").asLong()).isEqualTo(Math.round(report.at("/detailed_metrics/backlog/latest").asDouble()));
            assertThat(Instant.parse(report.at("/time_range/data_until").asText())).isBeforeOrEqualTo(Instant.parse(report.get("generated_at").asText()));
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

    @Test
    void theReportIsMailedOnceWhenItIsDue() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL + """
                report: {mail: {to: [ops@example.net, boss@example.org], from: reports@example.com, every: day, at: "06:00"}}
                """)) {
            mail(program, "2026-03-02T05:59:00Z").send();
            mail(program, "2026-03-02T19:00:00Z").send();
            assertThat(program.count("select count(*) from event")).as("too early, and too late").isZero();

            mail(program, "2026-03-02T06:00:00Z").send();
            program.awaitArrivals(List.of("ops@example.net", "boss@example.org"));
            await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where kind = 'delivered'") == 2);
            mail(program, "2026-03-02T06:01:00Z").send();
            assertThat(program.count("select count(*) from event where kind = 'accepted' and way = 'report' and stream = 'reports'")).as("once").isEqualTo(2);

            var message = new jakarta.mail.internet.MimeMessage(null, new java.io.ByteArrayInputStream(program.sink().messages().get(0).content()));
            assertThat(message.getSubject()).isEqualTo("Sending report, 2026-03-01 to 2026-03-01");
        }
    }

    private static ReportMail mail(TestProgram program, String now) {
        var source = program.wiring().database().dataSource();
        var store = new ReportStore(source);
        var reader = new ReportReader(new HistoryStore(source), store, new HealthReading(null, Duration.ofSeconds(1)), new ReportLimits(program.config(), store), (from, to) -> List.of());
        return new ReportMail(program.config().report().mail(), reader, new EventHistory(source), new SubmissionReader(100, 10_000_000), program.wiring()::port,
                InstantSource.fixed(Instant.parse(now)));
    }

    private static JsonNode json(TestProgram program, String path) throws Exception {
        HttpResponse<String> answer = program.call("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
