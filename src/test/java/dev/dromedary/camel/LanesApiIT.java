package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is queued, under way and waiting, as the whole program tells it. */
class LanesApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL + "retry: {initial: 1h}\n");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void aHeldLaneShowsItsHoldItsDepthAndTheAgeOfItsFirstMessage() throws Exception {
        program.call("POST", "/v1/holds", "{\"kind\":\"provider\",\"value\":\"yahoo\",\"reason\":\"blocked\"}");
        program.submit("one@yahoo.com");
        program.submit("two@yahoo.com");
        JsonNode lane = await().atMost(TestProgram.PATIENCE).until(() -> lane("yahoo"), l -> l.get("queued").asInt() == 2 && l.get("oldest_seconds").asInt() >= 1);
        assertThat(lane.get("hold").asText()).contains("provider yahoo").contains("blocked");
        assertThat(lane.get("oldest_seconds").asInt()).isLessThan(60);
    }

    @Test
    void whatWaitsIsCountedByAgeWithItsMostFrequentReasons() throws Exception {
        program.submit("tempfail@gmail.com");
        String old = program.submit("tempfail2@gmail.com");
        await().atMost(TestProgram.PATIENCE).until(() -> lane("google").get("waiting").asInt() == 2);
        try (var connection = program.wiring().database().dataSource().getConnection(); var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update deferred set accepted_at = accepted_at - interval '2 hours' where message_id = '" + old + "'")).isEqualTo(1);
        }
        JsonNode lane = lane("google");
        assertThat(lane.get("by_age")).extracting(JsonNode::asInt).containsExactly(1, 0, 1, 0, 0);
        assertThat(lane.get("reasons")).singleElement().satisfies(reason -> {
            assertThat(reason.get("messages").asInt()).isEqualTo(2);
            assertThat(reason.get("code").asInt()).isEqualTo(451);
            assertThat(reason.get("kind").asText()).isEqualTo("deferred");
            assertThat(reason.get("for_example").asText()).isNotBlank();
        });
    }

    private static JsonNode lane(String provider) throws Exception {
        for (JsonNode lane : JSON.readTree(program.call("GET", "/v1/lanes", "").body()).get("lanes")) {
            if (lane.get("provider").asText().equals(provider)) {
                return lane;
            }
        }
        throw new AssertionError("no lane of " + provider);
    }
}
