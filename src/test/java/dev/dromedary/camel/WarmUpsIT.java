package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warm-up and adaptive pace in the whole program. Mail of the stream {@code news} has the warming pool only, all other mail also one that is warm. */
class WarmUpsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, """
                retry: {initial: 1h}
                pace: {max-wait: 100ms}
                warm-up:
                  stages: [30, 60, 90]
                  pools:
                    fresh: {from: %s, providers: [google]}
                pools:
                  - {id: fresh, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: warm, host: 127.0.0.1, port: $SINK, tls: none}
                delivery-routes:
                  - {id: news, streams: [news], pools: [fresh]}
                  - {id: rest, recipients: ["*"], pools: [fresh, warm]}
                """.formatted(LocalDate.now(ZoneOffset.UTC)));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void theWarmingPoolSendsAFewTheRestGoesToTheWarmOneOrWaitsUntilAnOperatorStopsItAlsoOverARestart() throws Exception {
        assertThat(program.eventually(news("first@gmail.com"), "delivered").get("pool").asText()).isEqualTo("fresh");
        String waiting = news("second@gmail.com");
        assertThat(program.eventually(waiting, "scheduled").get("detail").asText()).contains("pool fresh to google: rate of").contains("warm-up stage 1 of 3: ");
        for (int i = 0; i < 5; i++) {
            assertThat(program.eventually(program.submit("rest" + i + "@gmail.com"), "delivered").get("pool").asText()).isEqualTo("warm");
        }
        assertThat(program.eventually(news("other@yahoo.com"), "delivered").get("pool").asText()).isEqualTo("fresh");
        JsonNode shown = list().get(0);
        assertThat(shown.get("sent_today").asInt()).isEqualTo(1);
        assertThat(shown.get("allowed_today").asInt()).isEqualTo(30);
        assertThat(shown.get("status").asText()).isEqualTo("running");
        await().atMost(TestProgram.PATIENCE).until(() -> program.management("/observe/metrics").contains("dromedary_warmup_stage{pool=\"fresh\",provider=\"google\"} 1.0"));

        JsonNode set = answer(200, change("stage", ",\"stage\":\"2\""));
        assertThat(set.get("stage").asInt()).isEqualTo(2);
        assertThat(set.get("note").asText()).contains("set to stage 2 by ").contains("because");
        assertThat(answer(200, change("hold", "")).get("status").asText()).isEqualTo("held");
        program.stop();
        program.startAgain();
        JsonNode after = list().get(0);
        assertThat(after.get("stage").asInt()).isEqualTo(2);
        assertThat(after.get("status").asText()).isEqualTo("held");
        assertThat(after.get("sent_today").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(answer(200, change("resume", "")).get("status").asText()).isEqualTo("running");

        assertThat(answer(200, change("stop", "")).get("status").asText()).isEqualTo("stopped");
        program.eventually(waiting, "delivered");
        for (int i = 0; i < 5; i++) {
            program.eventually(news("free" + i + "@gmail.com"), "delivered");
        }
        assertThat(program.call("GET", "/v1/audit", "").body()).contains("warm-up.stage", "warm-up.hold", "warm-up.stop", "fresh to google, stage 2", "because");
        answer(404, change("hold", ""));
        assertThat(answer(200, change("start", ",\"stage\":\"3\"")).get("stage").asInt()).isEqualTo(3);
    }

    @Test
    void whatIsWrongIsRefused() throws Exception {
        answer(400, program.call("POST", "/v1/warm-ups", "{\"pool\":\"fresh\",\"provider\":\"google\",\"action\":\"hold\"}"));
        answer(400, program.call("POST", "/v1/warm-ups", "{\"pool\":\"none\",\"provider\":\"google\",\"action\":\"hold\",\"reason\":\"r\"}"));
        answer(400, program.call("POST", "/v1/warm-ups", "{\"pool\":\"warm\",\"provider\":\"google\",\"action\":\"start\",\"stage\":\"4\",\"reason\":\"r\"}"));
        answer(404, program.call("POST", "/v1/warm-ups", "{\"pool\":\"warm\",\"provider\":\"google\",\"action\":\"stop\",\"reason\":\"r\"}"));
    }

    @Test
    void deferralsCutThePaceOfThePoolTowardsTheProvider() throws Exception {
        for (int i = 0; i < 4; i++) {
            program.eventually(news("throttle" + i + "@gmx.de"), "deferred");
        }
        await().atMost(TestProgram.PATIENCE).until(() -> program.management("/observe/metrics").contains("dromedary_adaptive_pace_per_second{pool=\"fresh\",provider=\"gmx\"}"));
    }

    private static HttpResponse<String> change(String action, String more) throws IOException, InterruptedException {
        return program.call("POST", "/v1/warm-ups", "{\"pool\":\"fresh\",\"provider\":\"google\",\"action\":\"" + action + "\",\"reason\":\"because\"" + more + "}");
    }

    private static JsonNode answer(int status, HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static String news(String to) throws IOException, InterruptedException {
        String body = TestProgram.json(to).replace("\"subject\"", "\"stream\":\"news\",\"subject\"");
        return JSON.readTree(program.call("POST", "/v1/messages", body).body()).get("message_id").asText();
    }

    private static JsonNode list() throws IOException, InterruptedException {
        return JSON.readTree(program.call("GET", "/v1/warm-ups?pool=fresh&provider=google", "").body()).get("warm_ups");
    }
}
