package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reactions in the whole program. The sink answers {@code throttle@} in the words of the recipient's provider. Mail of the stream
 * {@code news} has pool a only, all other mail pool b.
 */
class ReactionsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A domain of each provider, and the words that its suspension is told by. */
    private static final Map<String, List<String>> PROVIDERS = new TreeMap<>(Map.of(
            "google", List.of("gmail.com", "google-unusual-rate", "unusual rate"), "yahoo", List.of("yahoo.com", "yahoo-tss04", "[TSS04]"),
            "microsoft", List.of("outlook.com", "microsoft-blocklist", "S3140"), "apple", List.of("icloud.com", "apple-hcm1", "[HCM1]")));

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("config")).resolve("own.yaml"), """
                include: built-in
                rules:
                  - {id: google-short, providers: [google], regex: 'over its quota', action: suspend, for: 4s, source: test}
                  - {id: yahoo-drop, providers: [yahoo], regex: 'over its quota', action: bounce, for: 10m, source: test}
                  - {id: orange-single, providers: [orange], regex: 'over its quota', action: messages-per-connection 1, for: 10m, source: test}
                """);
        program = TestProgram.start(folder, """
                retry: {initial: 1h}
                reactions: {rules: own.yaml}
                pools:
                  - {id: a, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: b, host: 127.0.0.1, port: $SINK, tls: none}
                delivery-routes:
                  - {id: news, streams: [news], pools: [a]}
                  - {id: rest, recipients: ["*"], pools: [b]}
                """);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void eachProvidersWordsSuspendThePoolTowardsItAloneUntilItIsLiftedAlsoOverARestart() throws Exception {
        for (List<String> one : PROVIDERS.values()) {
            // Yahoo's rule asks for two within the hour, Apple's for three; the others for one.
            for (int i = 0; reactions("?rule=" + one.get(1)).isEmpty(); i++) {
                String refused = news("throttle" + i + "@" + one.get(0));
                await().atMost(TestProgram.PATIENCE).until(() -> program.event(refused, "deferred") != null || program.event(refused, "bounced") != null);
            }
        }
        for (Map.Entry<String, List<String>> one : PROVIDERS.entrySet()) {
            JsonNode shown = reactions("?provider=" + one.getKey() + "&pool=a&action=suspend").get(0);
            assertThat(shown.get("rule").asText()).isEqualTo(one.getValue().get(1));
            assertThat(shown.get("cause").asText()).contains(one.getValue().get(2));
            assertThat(Instant.parse(shown.get("end").asText())).isAfter(Instant.parse(shown.get("start").asText()));
            assertThat(shown.get("step").asInt()).isZero();
            assertThat(reactions("?provider=" + one.getKey() + "&pool=b")).isEmpty();
        }
        assertOnlyPoolAIsHeldBack("before");
        await().atMost(TestProgram.PATIENCE).until(() -> program.management("/observe/metrics")
                .contains("dromedary_reactions_active{action=\"suspend\",pool=\"a\",provider=\"yahoo\"} 1"));

        program.stop();
        program.startAgain();
        assertThat(reactions("?action=suspend")).hasSize(PROVIDERS.size());
        assertOnlyPoolAIsHeldBack("after");

        for (List<String> one : PROVIDERS.values()) {
            String id = reactions("?rule=" + one.get(1)).get(0).get("id").asText();
            assertThat(program.call("POST", "/v1/reactions/" + id + "/lift", "").statusCode()).isEqualTo(400);
            assertThat(program.call("POST", "/v1/reactions/" + id + "/lift?reason=the%20provider%20was%20asked", "").statusCode()).isEqualTo(200);
            assertThat(program.call("POST", "/v1/reactions/" + id + "/lift?reason=again", "").statusCode()).isEqualTo(404);
        }
        assertThat(reactions("?action=suspend")).isEmpty();
        program.awaitArrivals(PROVIDERS.values().stream().map(one -> "before@" + one.get(0)).toList());
        program.awaitArrivals(PROVIDERS.values().stream().map(one -> "after@" + one.get(0)).toList());
        assertThat(program.count("select count(*) from reaction where lift_reason = 'the provider was asked'")).isEqualTo(PROVIDERS.size());
        assertThat(program.count("select count(*) from audit where action = 'reaction.lift' and reason = 'the provider was asked'")).isEqualTo(PROVIDERS.size());
    }

    /** Mail of pool a to a throttling provider waits, and says why; through pool b, and to others through pool a, it goes on. */
    private static void assertOnlyPoolAIsHeldBack(String name) throws Exception {
        for (List<String> one : PROVIDERS.values()) {
            String id = news(name + "@" + one.get(0));
            JsonNode waits = program.eventually(id, "scheduled");
            assertThat(waits.get("detail").asText()).contains("waits for room: pool a to ").contains("suspend by rule " + one.get(1)).contains(one.get(2));
            assertThat(waits.get("attempt").asInt()).isEqualTo(1);
            program.eventually(program.submit(name + "-b@" + one.get(0)), "delivered");
            assertThat(program.event(id, "delivered")).isNull();
        }
        assertThat(program.eventually(news(name + "@gmx.de"), "delivered").get("pool").asText()).isEqualTo("a");
        assertThat(program.arrivals().keySet()).doesNotContainAnyElementsOf(PROVIDERS.values().stream().map(one -> name + "@" + one.get(0)).toList());
    }

    @Test
    void mailFlowsAgainByItselfWhenTheTimeIsOver() throws Exception {
        program.eventually(program.submit("full1@gmail.com"), "deferred");
        Instant end = Instant.parse(reactions("?rule=google-short").get(0).get("end").asText());
        String waiting = program.submit("later@gmail.com");
        assertThat(program.eventually(waiting, "scheduled").get("detail").asText()).contains("pool b to google: suspend by rule google-short");
        JsonNode delivered = program.eventually(waiting, "delivered");
        assertThat(Instant.parse(delivered.get("at").asText())).isAfter(end);
        assertThat(delivered.get("attempt").asInt()).as("waiting was no attempt").isEqualTo(1);
        assertThat(reactions("?rule=google-short")).isEmpty();
    }

    @Test
    void aBounceGivesMailUpThatNoOtherPoolMayTakeAndKeepsItAsADeadLetter() throws Exception {
        program.eventually(program.submit("full1@yahoo.com"), "deferred");
        String id = program.submit("never@yahoo.com");
        assertThat(program.eventually(id, "bounced").get("detail").asText()).contains("bounce by rule yahoo-drop");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where message_id = '" + id + "'") == 1);
        String reaction = reactions("?rule=yahoo-drop").get(0).get("id").asText();
        assertThat(program.call("POST", "/v1/reactions/" + reaction + "/lift?reason=over", "").statusCode()).isEqualTo(200);
    }

    @Test
    void messagesOverOneConnectionAreAsFewAsWasAskedFor() throws Exception {
        program.eventually(program.submit("full1@orange.fr"), "deferred");
        assertThat(reactions("?rule=orange-single").get(0).get("now").asText()).isEqualTo("messages-per-connection 1");
        double before = connectionsOfPoolB();
        for (int i = 0; i < 4; i++) {
            program.eventually(program.submit("few" + i + "@orange.fr"), "delivered");
        }
        assertThat(connectionsOfPoolB() - before).isGreaterThanOrEqualTo(3);
    }

    private static double connectionsOfPoolB() throws IOException, InterruptedException {
        return program.management("/observe/metrics").lines().filter(line -> line.startsWith("dromedary_smtp_connect_seconds_count") && line.contains("pool=\"b\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    private static String news(String to) throws IOException, InterruptedException {
        String body = TestProgram.json(to).replace("\"subject\"", "\"stream\":\"news\",\"subject\"");
        return JSON.readTree(program.call("POST", "/v1/messages", body).body()).get("message_id").asText();
    }

    private static JsonNode reactions(String query) throws IOException, InterruptedException {
        return JSON.readTree(program.call("GET", "/v1/reactions" + query, "").body()).get("reactions");
    }
}
