package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recipients did, and mail that waits for their best hour, in the whole program. */
class EngagementIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Far enough from now that the hour is a later one whenever the test runs. */
    private static final int HOURS_AHEAD = 6;

    @TempDir
    static Path folder;

    /** Read once, so that the turn of an hour changes nothing. */
    private static final Instant NOW = Instant.now();

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL + "engagement: {explore: 0, evidence: 3}\n");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void mailWaitsForTheHourAtWhichItsRecipientReadsAndSaysWhy() throws Exception {
        JsonNode counts = ndjson(habit("ann@gmail.com", 8));
        assertThat(counts.path("counted").asInt()).isEqualTo(8);
        assertThat(ndjson(habit("ann@gmail.com", 8)).path("repeated").asInt()).isEqualTo(8);

        JsonNode accepted = program.eventually(submitted("ann@gmail.com", "\"send_time\":\"best\",\"within\":\"24h\""), "accepted");
        Instant due = Instant.parse(accepted.path("next_attempt").asText());
        assertThat(hour(due)).isEqualTo(bestHour());
        assertThat(accepted.path("detail").asText()).startsWith("held until " + due.truncatedTo(ChronoUnit.SECONDS)).contains("opened mostly at " + bestHour() + "-").endsWith("h UTC, n=8");
        JsonNode waiting = await().atMost(TestProgram.PATIENCE)
                .until(() -> get("/v1/deferred?id=" + accepted.path("id").asText()).path("deferred").path(0), one -> !one.isMissingNode());
        assertThat(waiting.toString()).contains("scheduled").contains("opened mostly at");

        JsonNode now = get("/v1/explain?to=ann@gmail.com").path("send_time");
        assertThat(now.path("held").asBoolean()).isTrue();
        assertThat(get("/v1/explain?to=nobody@gmail.com").path("send_time").path("why").asText()).contains("too little is known");
        assertThat(program.count("select count(*) from engagement_profile where encode(recipient, 'escape') like '%ann%'")).isZero();

        program.stop();
        program.startAgain();
        assertThat(get("/v1/engagement/ANN@gmail.com").path("own").path("events").asInt()).isEqualTo(8);
        assertThat(program.call("DELETE", "/v1/engagement/ann@gmail.com", "").body()).contains("FIELD_MISSING").contains("\"reason\"");
        assertThat(program.call("DELETE", "/v1/engagement/ann@gmail.com?reason=she%20asked", "").statusCode()).isEqualTo(200);
        assertThat(program.call("DELETE", "/v1/engagement/ann@gmail.com?reason=again", "").statusCode()).isEqualTo(404);
        assertThat(program.count("select count(*) from audit where action = 'engagement.forget' and subject like 'recipient ________________' and reason = 'she asked'")).isOne();
        assertThat(get("/v1/engagement/ann@gmail.com").path("own").isNull()).isTrue();
    }

    @Test
    void withoutEvidenceOrWithoutAskingItGoesAtOnce() throws Exception {
        JsonNode delivered = program.eventually(submitted("new@gmail.com", "\"send_time\":\"best\""), "delivered");
        assertThat(delivered.path("to").asText()).isEqualTo("new@gmail.com");
        ndjson(habit("bob@gmail.com", 8));
        program.eventually(submitted("bob@gmail.com", "\"send_time\":\"now\""), "delivered");
    }

    @Test
    void eachRecipientOfASubmissionHasAnHourOfItsOwn() throws Exception {
        ndjson(habit("cat@gmail.com", 8));
        String id = submitted("cat@gmail.com\",\"dan@gmail.com", "\"send_time\":\"best\"");
        program.eventually(id + ".2", "delivered");
        assertThat(program.event(id + ".1", "accepted").path("detail").asText()).startsWith("held until");
        assertThat(program.event(id + ".1", "delivered")).isNull();
    }

    @Test
    void anOpenThatComesWithTheDeliveryIsAMachinesAndCountsNothing() throws Exception {
        String id = program.submit("eve@gmail.com");
        program.eventually(id, "delivered");
        assertThat(recorded("{\"kind\":\"open\",\"message_id\":\"" + id + "\"}")).isEqualTo("machine");
        assertThat(recorded("{\"kind\":\"open\",\"recipient\":\"eve@gmail.com\",\"machine\":true}")).isEqualTo("machine");
        assertThat(get("/v1/engagement/eve@gmail.com").path("own").isNull()).isTrue();
        assertThat(recorded("{\"kind\":\"reply\",\"message_id\":\"" + id + "\"}")).isEqualTo("counted");
        assertThat(recorded("{\"kind\":\"click\",\"recipient\":\"eve@gmail.com\",\"at\":\"2020-01-01T00:00:00Z\"}")).isEqualTo("too_old");
        assertThat(program.management("/observe/metrics")).contains("dromedary_engagement_total{kind=\"open\",recorded=\"machine\"}");
    }

    @Test
    void whoUnsubscribesGetsNoMoreOfTheStream() throws Exception {
        assertThat(recorded("{\"kind\":\"unsubscribe\",\"recipient\":\"fay@gmail.com\",\"stream\":\"news\"}")).isEqualTo("no_evidence");
        program.eventually(submitted("fay@gmail.com", "\"stream\":\"news\""), "suppressed");
        program.eventually(submitted("fay@gmail.com", "\"stream\":\"receipts\""), "delivered");
        assertThat(tell("{\"kind\":\"unsubscribe\",\"recipient\":\"fay@gmail.com\"}").body()).contains("FIELD_MISSING").contains("name the stream");
    }

    @Test
    void whatMakesNoSenseIsRefusedByItsFieldAndByItsLine() throws Exception {
        assertThat(tell("{\"kind\":\"look\",\"recipient\":\"a@b.example\"}").body()).contains("FIELD_INVALID").contains("open, click, reply or unsubscribe");
        assertThat(tell("{\"kind\":\"open\"}").body()).contains("FIELD_MISSING").contains("recipient");
        assertThat(tell("{\"kind\":\"open\",\"message_id\":\"none\"}").statusCode()).isEqualTo(404);
        assertThat(tell("{\"kind\":\"open\",\"recipient\":\"a@b.example\",\"at\":\"2999-01-01T00:00:00Z\"}").body()).contains("\"at\"");
        String[] lines = program.call("POST", "/v1/engagement", "{\"kind\":\"reply\",\"recipient\":\"gil@gmail.com\"}\n\n{\"kind\":1}\n", "Content-Type", "application/x-ndjson").body().split("\n");
        assertThat(lines[0]).contains("\"line\":3");
        assertThat(lines[1]).isEqualTo("{\"counted\":1,\"refused\":1}");
        assertThat(program.call("POST", "/v1/messages", TestProgram.json("a@gmail.com").replace("{", "{\"within\":\"24h\",")).body()).contains("FIELD_INVALID").contains("within");
    }

    /** Opens at one hour, on so many days. */
    private static String habit(String recipient, int events) {
        var lines = new StringBuilder();
        for (int day = 1; day <= events; day++) {
            Instant at = NOW.truncatedTo(ChronoUnit.HOURS).minus(day, ChronoUnit.DAYS).plus(Duration.ofHours(HOURS_AHEAD));
            lines.append("{\"kind\":\"open\",\"recipient\":\"").append(recipient).append("\",\"at\":\"").append(at).append("\"}\n");
        }
        return lines.toString();
    }

    private static int bestHour() {
        return hour(NOW.plus(Duration.ofHours(HOURS_AHEAD)));
    }

    private static int hour(Instant at) {
        return at.atZone(ZoneOffset.UTC).getHour();
    }

    private static String submitted(String to, String more) throws IOException, InterruptedException {
        HttpResponse<String> answer = program.call("POST", "/v1/messages", TestProgram.json(to).replace("{", "{" + more + ","));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("message_id").asText();
    }

    private static HttpResponse<String> tell(String event) throws IOException, InterruptedException {
        return program.call("POST", "/v1/engagement", event);
    }

    private static String recorded(String event) throws IOException, InterruptedException {
        HttpResponse<String> answer = tell(event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("recorded").asText();
    }

    /** @return the counts */
    private static JsonNode ndjson(String events) throws IOException, InterruptedException {
        HttpResponse<String> answer = program.call("POST", "/v1/engagement", events, "Content-Type", "application/x-ndjson");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(program.call("GET", path, "").body());
    }
}
