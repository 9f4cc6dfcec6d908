package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.Dromedary;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Alerts in the whole program: a pool's history in its database is bad, and people see it, take care of it and silence it, by the API and the command. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL + """
                alerts:
                  rules:
                    errors-high: {for: 0s}
                    deferrals-high: {for: 0s}
                """);
        // The look of the program's start is over, so that the next one sees what is written here.
        try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
            insert.execute("insert into metric_sample select 60, date_trunc('minute', now()) - i * interval '1 minute', 'other', 60 from generate_series(0, 30) i");
            insert.execute("insert into metric select 60, date_trunc('minute', now()) - i * interval '1 minute', 'other', '', 'google', 'sink', 'news', 0, 60, 30, 10, 0, 0, 0, '{}', '{}', 5000,"
                    + " '{}', '{}' from generate_series(0, 30) i");
            insert.execute("update alert_look set at = now() - interval '1 hour'");
        }
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void anAlertOpensAndIsShown() throws Exception {
        await().atMost(TestProgram.PATIENCE).until(() -> alerts("").size() == 2);
        JsonNode one = alerts("?rule=errors-high&subject=sink/google&severity=warning").get(0);
        assertThat(one.get("value").asDouble()).isEqualTo(10);
        assertThat(one.get("threshold").asDouble()).isEqualTo(5);
        assertThat(one.get("unit").asText()).isEqualTo("%");
        assertThat(one.get("metric").asText()).isEqualTo("error-rate");
        assertThat(one.get("state").asText()).isEqualTo("open");
        assertThat(one.get("suggested")).isNotEmpty();
        await().atMost(TestProgram.PATIENCE).untilAsserted(() -> assertThat(program.management("/observe/metrics"))
                .contains("dromedary_alerts_open{severity=\"warning\"} 2", "dromedary_alerts_open{severity=\"critical\"} 0"));
    }

    @Test
    @Order(2)
    void itIsAcknowledgedWithAReasonWhichTheAuditKeeps() throws Exception {
        String id = alerts("?rule=errors-high").get(0).get("id").asText();
        assertThat(program.call("POST", "/v1/alerts/" + id + "/acknowledge", "{\"by\":\"ann\"}").body()).contains("FIELD_MISSING", "reason");
        assertThat(program.call("POST", "/v1/alerts/none/acknowledge", "{\"by\":\"ann\",\"reason\":\"r\"}").statusCode()).isEqualTo(404);
        JsonNode done = JSON.readTree(program.call("POST", "/v1/alerts/" + id + "/acknowledge", "{\"by\":\"ann\",\"reason\":\"cleaning the list\"}").body());
        assertThat(done.get("state").asText()).isEqualTo("acknowledged");
        assertThat(done.get("acknowledged_by").asText()).isEqualTo("ann");
        assertThat(alerts("")).hasSize(1);
        assertThat(alerts("?state=acknowledged").get(0).get("acknowledged_reason").asText()).isEqualTo("cleaning the list");
        assertThat(program.count("select count(*) from audit where action = 'alert.acknowledge' and made_by = '" + ApiGate.NO_KEY + "' and reason = 'ann: cleaning the list' and subject like 'errors-high sink/google (%'")).isOne();
    }

    @Test
    @Order(3)
    void aSilenceHasAnEndAndIsEndedEarlier() throws Exception {
        assertThat(program.call("POST", "/v1/alerts/silences", "{\"rule\":\"deferrals-high\",\"reason\":\"r\"}").body()).contains("FIELD_MISSING", "must end by itself");
        assertThat(program.call("GET", "/v1/alerts?severity=bogus", "").body()).contains("FIELD_INVALID", "severity", "critical");
        var nul = program.call("GET", "/v1/alerts/%00", "");
        assertThat(nul.statusCode()).as("no fault of the database").isEqualTo(400);
        assertThat(nul.body()).contains("FIELD_INVALID", "U+0000");
        assertThat(program.call("POST", "/v1/alerts/silences", "{\"rule\":\"no-such\",\"for\":\"1h\",\"reason\":\"r\"}").body()).contains("FIELD_INVALID", "deferrals-high");
        assertThat(program.call("POST", "/v1/alerts/silences", "{\"for\":\"1h\",\"until\":\"2030-01-01T00:00:00Z\",\"reason\":\"r\"}").statusCode()).isEqualTo(400);
        assertThat(program.call("POST", "/v1/alerts/silences", "{\"until\":\"2030-01-01T00:00:00Z\",\"reason\":\"r\"}").body()).contains("90 days");
        JsonNode made = JSON.readTree(program.call("POST", "/v1/alerts/silences", "{\"rule\":\"deferrals-high\",\"subject\":\"sink/google\",\"for\":\"1h\",\"reason\":\"known\"}").body());
        assertThat(made.get("by").asText()).isEqualTo(ApiGate.NO_KEY);
        assertThat(alerts("?rule=deferrals-high").get(0).get("silenced_until").asText()).isEqualTo(made.get("until").asText());
        String path = "/v1/alerts/silences/" + made.get("id").asText();
        assertThat(program.call("DELETE", path, "").body()).contains("FIELD_MISSING");
        assertThat(program.call("DELETE", path + "?reason=over", "").statusCode()).isEqualTo(200);
        assertThat(program.call("DELETE", path + "?reason=over", "").statusCode()).isEqualTo(404);
        assertThat(program.count("select count(*) from audit where action in ('alert.silence', 'alert.unsilence')")).isEqualTo(2);
    }

    @Test
    @Order(4)
    void theCommandDoesTheSame() throws Exception {
        assertThat(run("alerts", "list", "--state", "all")).contains("WARNING errors-high of sink/google (a-", "10 % of 1,", "acknowledged since", "by ann: cleaning the list",
                "WARNING deferrals-high of sink/google", "  -> See the replies", "2 in all");
        assertThat(run("alerts", "silence", "--rule", "deferrals-high", "--for", "2h", "--reason", "a test", "--by", "bob")).contains("silenced: s-", " until ");
        String silences = run("alerts", "silences");
        assertThat(silences).contains("deferrals-high until ", "by bob: a test", "1 in all");
        assertThat(run("alerts", "list")).contains("silenced until");
        assertThat(run("alerts", "unsilence", silences.substring(0, silences.indexOf(':')), "--reason", "done")).contains("\"ended\"");
        String id = alerts("?rule=deferrals-high").get(0).get("id").asText();
        assertThat(run("alerts", "acknowledge", id, "--reason", "waiting")).contains("acknowledged: " + id);
        assertThat(alerts("?state=acknowledged")).hasSize(2);
        assertThat(run("alerts", "show", id)).contains("WARNING deferrals-high of sink/google (" + id + ")", "  deferral-rate: ", " %, threshold 20 %", "  -> See the replies", " open, warning: ",
                " acknowledged, warning: ", ", by " + ApiGate.NO_KEY + ": waiting", "nobody was told");
        assertThat(program.call("POST", "/v1/alerts/test", "{\"reason\":\"r\"}").body()).contains("FIELD_INVALID", "nobody is told of alerts");
    }

    @Test
    @Order(5)
    void theReportTellsOfIt() throws Exception {
        JsonNode report = JSON.readTree(program.call("GET", "/v1/report", "").body());
        assertThat(report.at("/alerts/details")).hasSize(2);
        assertThat(report.at("/incidents").toString()).contains("attempts that failed for good: 10 %");
    }

    @Test
    @Order(6)
    void itIsStillThereAfterARestart() throws Exception {
        program.stop();
        program.startAgain();
        assertThat(alerts("?state=acknowledged")).hasSize(2);
    }

    private static JsonNode alerts(String query) throws Exception {
        return JSON.readTree(program.call("GET", "/v1/alerts" + query, "").body()).get("alerts");
    }

    private static String run(String... arguments) {
        CommandRun run = CommandRun.of(program, Dromedary.class, arguments);
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }
}
