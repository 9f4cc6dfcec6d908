package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators do with waiting messages, in the whole program. */
class DeferredApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, """
                pools:
                  - {id: dead, host: 127.0.0.1, port: 1, tls: none}
                  - {id: live, host: 127.0.0.1, port: $SINK, tls: none}
                delivery-routes:
                  - {id: to-live, recipients: ["*"], pools: [live]}
                  - {id: to-dead, recipients: ["provider:yahoo"], pools: [dead]}
                retry: {initial: 1h}
                """);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void whatWaitsIsListedWithItsReasonAndRetriedAtOnce() throws Exception {
        String id = waiting("tempfail1@gmail.com");
        JsonNode listed = json(program.call("GET", "/v1/deferred?id=" + id, ""));
        assertThat(listed.get("total").asInt()).isEqualTo(1);
        JsonNode message = listed.get("deferred").get(0);
        assertThat(message.get("to").asText()).isEqualTo("tempfail1@gmail.com");
        assertThat(message.get("pool").asText()).isEqualTo("live");
        assertThat(message.get("kind").asText()).isEqualTo("deferred");
        assertThat(message.get("code").asInt()).isEqualTo(451);
        assertThat(message.get("attempt").asInt()).isEqualTo(2);
        assertThat(message.get("reason").asText()).isNotBlank();
        assertThat(json(program.call("POST", "/v1/deferred/retry", "{\"id\":\"" + id + "\",\"reason\":\"x\"}")).get("retried").asInt()).isEqualTo(1);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where message_id = '" + id + "' and kind = 'deferred'") == 2);
    }

    @ParameterizedTest
    @CsvSource({"to_pool, live", "to_route, to-live"})
    void aRerouteTakesTheMessageThroughAnotherPool(String field, String target) throws Exception {
        String id = waiting("someone-" + field.replace('_', '-') + "@yahoo.com");
        HttpResponse<String> answer = program.call("POST", "/v1/deferred/reroute",
                "{\"provider\":\"yahoo\",\"id\":\"%s\",\"%s\":\"%s\",\"reason\":\"pool dead is dead\"}".formatted(id, field, target));
        assertThat(json(answer).get("rerouted").asInt()).isEqualTo(1);
        assertThat(program.eventually(id, "delivered").get("pool").asText()).isEqualTo("live");
    }

    @Test
    void whatIsBouncedIsToldAsSuchAndCanBeReplayed() throws Exception {
        String id = waiting("tempfail2@gmail.com");
        assertThat(json(program.call("POST", "/v1/deferred/bounce", "{\"id\":\"" + id + "\",\"reason\":\"withdrawn\"}")).get("bounced").asInt()).isEqualTo(1);
        assertThat(json(program.call("POST", "/v1/deferred/bounce", "{\"id\":\"" + id + "\",\"reason\":\"withdrawn\"}")).get("bounced").asInt()).isZero();
        assertThat(program.eventually(id, "bounced").get("detail").asText()).isEqualTo("bounced by operator: withdrawn");
        assertThat(json(program.call("GET", "/v1/deferred?id=" + id, "")).get("total").asInt()).isZero();
        assertThat(json(program.call("POST", "/v1/dead-letters/" + id + "/replay?reason=again", "")).get("replayed").asInt()).isEqualTo(1);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where message_id = '" + id + "' and kind = 'deferred'") == 2);
        JsonNode entry = json(program.call("GET", "/v1/audit", "")).get("audit").findParents("action").stream()
                .filter(e -> e.get("action").asText().equals("deferred.bounce") && e.get("messages").asInt() == 1).findFirst().orElseThrow();
        assertThat(entry.get("subject").asText()).isEqualTo("id=" + id);
        assertThat(entry.get("reason").asText()).isEqualTo("withdrawn");
    }

    @Test
    void scheduledMailIsNotSentEarlyUnlessItIsNamed() throws Exception {
        String body = "{\"from\":\"shop@example.com\",\"to\":\"scheduled@gmail.com\",\"text\":\"t\",\"stream\":\"later\",\"scheduled_time\":\"%s\"}"
                .formatted(java.time.Instant.now().plusSeconds(3_600));
        String id = json(program.call("POST", "/v1/messages", body)).get("message_id").asText();
        await().atMost(TestProgram.PATIENCE).until(() -> json(program.call("GET", "/v1/deferred?id=" + id, "")).get("total").asInt() == 1);
        assertThat(json(program.call("POST", "/v1/deferred/retry", "{\"stream\":\"later\",\"reason\":\"x\"}")).get("retried").asInt()).isZero();
        assertThat(json(program.call("POST", "/v1/deferred/retry", "{\"stream\":\"later\",\"kind\":\"scheduled\",\"reason\":\"x\"}")).get("retried").asInt()).isEqualTo(1);
        program.eventually(id, "delivered");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            retry   | {"provider":"google"}                                                             | FIELD_MISSING | reason
            retry   | {"reason":"x"}                                                                    | FIELD_MISSING | filter
            retry   | {"reason":"x","all":"yes"}                                                        | FIELD_INVALID | all
            retry   | {"reason":"x","kind":"delayed"}                                                   | FIELD_INVALID | kind
            retry   | {"reason":"x","provder":"google"}                                                 | FIELD_UNKNOWN | provder
            retry   | {"reason":"x","to_pool":"live","provider":"google"}                               | FIELD_UNKNOWN | to_pool
            bounce  | {"reason":"x"}                                                                    | FIELD_MISSING | filter
            bounce  | {"provider":"google"}                                                             | FIELD_MISSING | reason
            bounce  | {"reason":"x","provider":["google"]}                                              | FIELD_INVALID | provider
            reroute | {"reason":"x","provider":"google"}                                                | FIELD_MISSING | to_route
            reroute | {"reason":"x","provider":"google","to_pool":"live","to_route":"to-live"}          | FIELD_MISSING | to_route
            reroute | {"reason":"x","provider":"google","to_pool":"none"}                               | FIELD_INVALID | to_pool
            reroute | {"reason":"x","provider":"google","to_route":"pool:live"}                         | FIELD_INVALID | to_route
            reroute | {"reason":"x","to_pool":"live"}                                                   | FIELD_MISSING | filter
            """)
    void badInputIsRefusedAndTouchesNothing(String call, String body, String code, String subject) throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/deferred/" + call, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).get("error").get("code").asText()).isEqualTo(code);
        assertThat(json(answer).get("error").get("subject").asText()).isEqualTo(subject);
    }

    @Test
    void badParametersOfTheListAreRefused() throws Exception {
        assertThat(program.call("GET", "/v1/deferred?limit=1001", "").body()).contains("FIELD_INVALID").contains("limit");
        assertThat(program.call("GET", "/v1/deferred?kind=delayed", "").body()).contains("FIELD_INVALID").contains("kind");
        assertThat(program.call("GET", "/v1/deferred/retry", "").statusCode()).isEqualTo(405);
    }

    private static String waiting(String to) throws Exception {
        String id = program.submit(to);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where message_id = '" + id + "'") == 1);
        return id;
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}
