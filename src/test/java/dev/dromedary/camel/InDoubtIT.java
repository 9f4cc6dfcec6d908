package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox takes a message to {@code drop@} up to the final dot and then hangs up: what each policy makes of that. */
class InDoubtIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL + """
                retry: {initial: 2s, max: 4s, jitter: 0, max-retries: 2}
                in-doubt: {assume-delivered: [marketing], hold: [invoices]}
                """);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void byDefaultItIsTriedAgainWithTheSameMessageIdUntilTheRetriesAreUsedUp() throws Exception {
        String id = submit("drop@gmail.com", "default");
        JsonNode deferred = program.eventually(id, "deferred");
        assertThat(deferred.get("in_doubt").asBoolean()).isTrue();
        assertThat(deferred.get("detail").asText()).startsWith("in doubt: ");
        assertThat(deferred.hasNonNull("next_attempt")).isTrue();
        assertThat(history(id).get("in_doubt").asBoolean()).isTrue();
        JsonNode expired = program.eventually(id, "expired");
        assertThat(expired.get("attempt").asInt()).isEqualTo(3);
        assertThat(expired.get("in_doubt").asBoolean()).isTrue();
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where message_id = '" + id
                + "' and outcome = 'expired' and encode(body, 'escape') like '%Message-ID: <%'") == 1);
    }

    @Test
    void aStreamTakenForDeliveredIsShownAsSuchAndNotSentAgain() throws Exception {
        String id = submit("drop@yahoo.com", "marketing");
        JsonNode event = program.eventually(id, "delivered-in-doubt");
        assertThat(event.get("in_doubt").asBoolean()).isTrue();
        assertThat(event.get("category").asText()).isEqualTo("in-doubt");
        assertThat(event.get("pool").asText()).isEqualTo("sink");
        assertThat(event.get("detail").asText()).startsWith("in doubt: ").endsWith("taken for delivered, and not sent again");
        assertThat(history(id).get("in_doubt").asBoolean()).isTrue();
        assertThat(program.event(id, "delivered")).isNull();
        assertThat(program.count("select count(*) from deferred where message_id = '" + id + "'")).isZero();
        assertThat(program.count("select count(*) from dead_letter where message_id = '" + id + "'")).isZero();
        assertThat(metrics()).anyMatch(line -> line.startsWith("dromedary_outcomes_total{") && line.contains("outcome=\"delivered-in-doubt\"") && line.contains("provider=\"yahoo\""))
                .anyMatch(line -> line.startsWith("dromedary_in_doubt_total{") && line.contains("outcome=\"delivered-in-doubt\""));
    }

    @Test
    void aHeldStreamIsADeadLetterOfItsOwnKindThatCanBeReplayed() throws Exception {
        String id = submit("drop@outlook.com", "invoices");
        JsonNode dead = program.eventually(id, "dead-lettered");
        assertThat(dead.get("in_doubt").asBoolean()).isTrue();
        await().atMost(TestProgram.PATIENCE).until(() -> letters(id).size() == 1);
        JsonNode letter = letters(id).get(0);
        assertThat(letter.get("outcome").asText()).isEqualTo("in-doubt");
        assertThat(letter.get("in_doubt").asBoolean()).isTrue();
        assertThat(letter.get("reason").asText()).startsWith("in doubt: ");
        assertThat(JSON.readTree(program.call("POST", "/v1/dead-letters/" + id + "/replay?reason=never%20arrived", "").body()).get("replayed").asInt()).isEqualTo(1);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where message_id = '" + id + "' and kind = 'dead-lettered' and attempt = 2") == 1);
    }

    @Test
    void aHeldMessageCanBeDropped() throws Exception {
        String id = submit("drop@gmx.de", "invoices");
        await().atMost(TestProgram.PATIENCE).until(() -> letters(id).size() == 1);
        HttpResponse<String> unexplained = program.call("DELETE", "/v1/dead-letters/" + id, "");
        assertThat(unexplained.statusCode()).isEqualTo(400);
        assertThat(unexplained.body()).contains("FIELD_MISSING").contains("\"reason\"");
        assertThat(program.call("DELETE", "/v1/dead-letters/" + id + "?reason=it%20arrived", "").body()).isEqualTo("{\"dropped\":1}");
        assertThat(letters(id)).isEmpty();
        assertThat(program.eventually(id, "cancelled").get("detail").asText()).startsWith("dead letter dropped: it arrived; it was: in doubt");
        assertThat(history(id).has("in_doubt")).isFalse();
        assertThat(program.call("DELETE", "/v1/dead-letters/" + id + "?reason=again", "").statusCode()).isEqualTo(404);
        assertThat(program.call("DELETE", "/v1/dead-letters/all?reason=all", "").statusCode()).isEqualTo(404);
        assertThat(program.count("select count(*) from audit where action = 'dead.drop'")).as("what came to nothing is no entry").isOne();
        assertThat(program.count("select count(*) from audit where action = 'dead.drop' and subject = 'id=" + id + "' and reason = 'it arrived' and messages = 1")).isOne();
    }

    @Test
    void aMessageThatArrivesLaterIsNoLongerInDoubt() throws Exception {
        String id = submit("ann@gmail.com", "marketing");
        program.eventually(id, "delivered");
        assertThat(history(id).has("in_doubt")).isFalse();
    }

    private static String submit(String to, String stream) throws Exception {
        var answer = program.call("POST", "/v1/messages", "{\"from\":\"shop@example.com\",\"to\":\"" + to + "\",\"stream\":\"" + stream + "\",\"subject\":\"s\",\"text\":\"t\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("message_id").asText();
    }

    private static JsonNode history(String id) throws Exception {
        return JSON.readTree(program.call("GET", "/v1/messages/" + id, "").body());
    }

    private static JsonNode letters(String id) throws Exception {
        return JSON.readTree(program.call("GET", "/v1/dead-letters?category=in-doubt&id=" + id, "").body()).get("dead_letters");
    }

    private static List<String> metrics() throws Exception {
        return program.management("/observe/metrics").lines().toList();
    }
}
