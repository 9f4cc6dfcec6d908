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

/** Accepted mail that is not sent after all, in the whole program. */
class CancelIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, "retry: {initial: 1h}\n" + TestProgram.ONE_POOL);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void whatWaitsIsTakenAwayAtOnce() throws Exception {
        String id = submit("tempfail@gmail.com", "spring");
        String other = submit("tempfail2@gmail.com", "autumn");
        awaitWaiting(id);
        awaitWaiting(other);
        JsonNode answer = JSON.readTree(cancel("{\"campaign\":\"spring\",\"reason\":\"wrong price\"}").body());
        assertThat(answer.get("removed").asInt()).isEqualTo(1);
        assertThat(answer.get("lanes").asText()).contains("when their turn comes");
        assertThat(program.eventually(id, "cancelled").get("detail").asText()).endsWith("wrong price");
        assertThat(program.count("select count(*) from deferred where message_id = '" + id + "'")).isZero();
        assertThat(program.count("select count(*) from deferred where message_id = '" + other + "'")).isEqualTo(1);
    }

    @Test
    void whatIsOnALaneIsDroppedWhenItsTurnComesAndLaterMailIsSent() throws Exception {
        program.camel().getRouteController().suspendRoute("lane-yahoo");
        String id = submit("ann@yahoo.com", "winter");
        assertThat(JSON.readTree(cancel("{\"campaign\":\"winter\",\"domain\":\"yahoo.com\",\"reason\":\"recalled\"}").body()).get("removed").asInt()).isZero();
        String later = submit("bob@yahoo.com", "winter");
        program.camel().getRouteController().resumeRoute("lane-yahoo");
        program.eventually(later, "delivered");
        program.eventually(id, "cancelled");
        assertThat(program.arrivals()).containsKey("bob@yahoo.com").doesNotContainKey("ann@yahoo.com");
        assertThat(program.depth("mail.lane.yahoo")).isZero();
    }

    @Test
    void oneMessageIsCancelledByItsId() throws Exception {
        program.camel().getRouteController().suspendRoute("lane-microsoft");
        String id = submit("ann@outlook.com", "x");
        String other = submit("bob@outlook.com", "x");
        assertThat(program.call("POST", "/v1/messages/" + id + "/cancel", "{\"reason\":\"asked\"}").statusCode()).isEqualTo(202);
        program.camel().getRouteController().resumeRoute("lane-microsoft");
        program.eventually(other, "delivered");
        program.eventually(id, "cancelled");
        assertThat(program.arrivals()).doesNotContainKey("ann@outlook.com");
    }

    @Test
    void whatIsDeliveredStaysDelivered() throws Exception {
        String id = submit("ann@gmail.com", "x");
        program.eventually(id, "delivered");
        JsonNode answer = JSON.readTree(program.call("POST", "/v1/messages/" + id + "/cancel", "{\"reason\":\"too late\"}").body());
        assertThat(answer.get("removed").asInt()).isZero();
        assertThat(program.event(id, "cancelled")).isNull();
    }

    @Test
    void aScheduledMessageIsNeverSent() throws Exception {
        String body = TestProgram.json("sched@gmail.com").replace("{", "{\"campaign\":\"sale\",\"scheduled_time\":\"2199-01-01T00:00:00Z\",");
        HttpResponse<String> accepted = program.call("POST", "/v1/messages", body);
        String id = JSON.readTree(accepted.body()).get("message_id").asText();
        awaitWaiting(id);
        assertThat(JSON.readTree(cancel("{\"campaign\":\"sale\",\"sender_domain\":\"example.com\",\"reason\":\"off\"}").body()).get("removed").asInt()).isEqualTo(1);
        assertThat(program.eventually(id, "cancelled").get("attempt").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/cancel               | {"reason":"all of it"}                          | FIELD_MISSING
            /v1/cancel               | {"campaign":"spring"}                           | FIELD_MISSING
            /v1/cancel               | {"campaign":"spring","reason":" "}              | FIELD_INVALID
            /v1/cancel               | {"campaign":"spring","reason":"a\\r\\nb"}       | FIELD_INVALID
            /v1/cancel               | {"campaign":"","reason":"r"}                    | FIELD_INVALID
            /v1/cancel               | {"campain":"spring","reason":"r"}               | FIELD_UNKNOWN
            /v1/cancel               | {"domain":"a..b","reason":"r"}                  | FIELD_INVALID
            /v1/cancel               | {"campaign":7,"reason":"r"}                     | FIELD_INVALID
            /v1/cancel               | none                                            | JSON_MALFORMED
            /v1/messages/x/cancel    | {}                                              | FIELD_MISSING
            /v1/messages/x/cancel    | {"reason":"r","campaign":"c"}                   | FIELD_UNKNOWN
            """)
    void badInputIsRefusedWithACode(String path, String body, String code) throws Exception {
        HttpResponse<String> answer = program.call("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("error").get("code").asText()).isEqualTo(code);
        assertThat(program.count("select count(*) from cancellation where reason in ('r', 'all of it')")).isZero();
    }

    private static HttpResponse<String> cancel(String body) throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/cancel", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer;
    }

    private static String submit(String to, String campaign) throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/messages", TestProgram.json(to).replace("{", "{\"campaign\":\"" + campaign + "\","));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("message_id").asText();
    }

    private static void awaitWaiting(String id) {
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where message_id = '" + id + "'") == 1);
    }
}
