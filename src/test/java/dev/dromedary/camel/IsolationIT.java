package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The breaker and the content's outcomes in the whole program. The sink does not know {@code bounce@}. */
class IsolationIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void aBoughtListIsPausedByItselfWithinTheFirstFewHundredMessagesAndAPersonResumesIt() throws Exception {
        List<String> list = new ArrayList<>();
        // One in five is unknown.
        IntStream.range(0, 1_000).forEach(i -> list.add((i % 5 == 0 ? "bounce" : "known") + i + "@list.test"));
        String body = JSON.writeValueAsString(java.util.Map.of("from", "shop@example.com", "to", list, "subject", "s", "text", "t", "campaign", "bought"));
        assertThat(program.call("POST", "/v1/messages", body).statusCode()).isEqualTo(202);

        JsonNode hold = await().atMost(TestProgram.PATIENCE).until(() -> hold("bought"), found -> found != null);
        assertThat(hold.get("reason").asText()).matches("paused: \\d+ of \\d+ recipients unknown \\([0-9.]+ %, at least [0-9.]+ %\\), limit 5 %");
        assertThat(hold.get("by").asText()).isEqualTo("dromedary");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where held_by = 'campaign:bought'") > 300);
        int sent = program.arrivals().size();
        assertThat(sent).as("of 800 known ones").isLessThan(500);
        assertThat(program.count("select count(*) from audit where action = 'hold.pause' and made_by = 'dromedary' and subject like 'campaign:bought%'")).isOne();

        program.eventually(program.submit("other@list.test"), "delivered");
        assertThat(program.call("DELETE", "/v1/holds/" + hold.get("id").asLong() + "?reason=list%20was%20cleaned", "").statusCode()).isEqualTo(200);
        await().atMost(TestProgram.PATIENCE).until(() -> program.arrivals().size() > sent);
        JsonNode content = JSON.readTree(program.call("GET", "/v1/content?limit=1000", "").body());
        assertThat(content.get("suspects")).isEmpty();
        assertThat(content.get("traits").findValuesAsText("trait")).contains("shape text only", "size under 10 KB").anyMatch(one -> one.startsWith("template "));
    }

    @Test
    void aSendersDomainCanBeHeld() throws Exception {
        String held = "{\"kind\":\"sender\",\"value\":\"example.com\",\"reason\":\"test\",\"for\":\"5m\"}";
        JsonNode placed = JSON.readTree(program.call("POST", "/v1/holds", held).body());
        String id = program.submit("sender@other.test");
        program.eventually(id, "scheduled");
        assertThat(program.call("DELETE", "/v1/holds/" + placed.get("id").asLong() + "?reason=over", "").statusCode()).isEqualTo(200);
        program.eventually(id, "delivered");
    }

    private static JsonNode hold(String campaign) throws Exception {
        for (JsonNode one : JSON.readTree(program.call("GET", "/v1/holds", "").body()).get("holds")) {
            if (one.get("value").asText().equals(campaign)) {
                return one;
            }
        }
        return null;
    }
}
