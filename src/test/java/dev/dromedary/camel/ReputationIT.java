package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.Dromedary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Reputations in the whole program. Whatever else learns is off, so that what is seen is reputation's doing. Mail of the stream {@code news} has pool a only. */
class ReputationIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("config")).resolve("none.yaml"),
                "rules:\n  - {id: never, regex: 'no server says this', action: suspend, for: 1m, source: test}\n");
        program = TestProgram.start(folder, """
                retry: {initial: 1h}
                reactions: {rules: none.yaml}
                adaptive-pace: {enabled: false}
                warm-up: {enabled: false}
                early-warning: {enabled: false}
                pools:
                  - {id: a, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: b, host: 127.0.0.1, port: $SINK, tls: none, weight: 50}
                  - {id: c, host: 127.0.0.1, port: $SINK, tls: none, weight: 50}
                delivery-routes:
                  - {id: news, streams: [news], pools: [a]}
                  - {id: rest, recipients: ["*"], pools: [b, c]}
                """);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void attemptsMakeReputationsThatOutliveARestartAndAreExplained() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(program.submit("block" + i + "@outlook.com"));
            ids.add(program.submit("ann" + i + "@gmail.com"));
        }
        for (String id : ids) {
            await().atMost(TestProgram.PATIENCE).until(() -> program.event(id, "deferred") != null || program.event(id, "delivered") != null || program.event(id, "scheduled") != null);
        }
        JsonNode worst = reputations("?kind=pool&provider=microsoft").get(0);
        assertThat(worst.get("score").asDouble()).isLessThan(0.9);
        assertThat(worst.get("text").asText()).contains("because 100.0 % of ").contains("attempts were ");
        JsonNode domain = reputations("?kind=sender-domain&name=example.com&provider=google").get(0);
        assertThat(domain.get("accepted").asDouble()).isGreaterThan(19);
        assertThat(domain.at("/parts/complaint/of").asDouble()).isGreaterThan(19);
        assertThat(reputations("?pool=b")).allSatisfy(one -> assertThat(one.get("name").asText()).isEqualTo("b"));

        program.stop();
        program.startAgain();
        assertThat(reputations("?kind=pool&provider=microsoft").get(0).get("score").asDouble()).isLessThan(0.9);
        assertThat(program.management("/observe/metrics")).containsPattern("dromedary_reputation_score\\{pool=\"[bc]\",provider=\"microsoft\"} 0\\.\\d");

        JsonNode explained = JSON.readTree(program.call("GET", "/v1/explain?to=bob@gmail.com", "").body());
        assertThat(explained.get("provider").asText()).isEqualTo("google");
        assertThat(explained.get("route").asText()).isEqualTo("rest");
        assertThat(explained.get("most_likely").asText()).isIn("b", "c");
        assertThat(explained.get("pools")).hasSize(2);
        assertThat(explained.at("/pools/0/share").asDouble() + explained.at("/pools/1/share").asDouble()).isEqualTo(1);
        assertThat(explained.at("/pools/0/share").asDouble()).isBetween(0.4, 0.6);
        String printed = run("explain", "bob@gmail.com", "--live", "--config", folder.resolve("config").toString());
        assertThat(printed).contains("pool       b: taken ").contains("most likely").contains("hard-bounce  x 1.00");
        assertThat(run("reputation", "--provider", "microsoft")).contains("pool b with microsoft: 0.").contains(" in all");
    }

    @Test
    void aComplaintCountsAgainstPoolStreamAndCampaignOfItsMessage() throws Exception {
        String body = TestProgram.json("eve@yahoo.com").replace("{", "{\"stream\":\"news\",\"campaign\":\"c7\",");
        String id = JSON.readTree(program.call("POST", "/v1/messages", body).body()).get("message_id").asText();
        program.eventually(id, "delivered");
        assertThat(program.call("POST", "/v1/complaints", "{\"address\":\"eve@yahoo.com\",\"message_id\":\"" + id + "\"}").statusCode()).isEqualTo(200);
        assertThat(program.call("POST", "/v1/complaints", "{\"address\":\"unknown@yahoo.com\",\"stream\":\"news\"}").statusCode()).isEqualTo(200);
        assertThat(complaints("?pool=a&provider=yahoo")).isBetween(0.99, 1.0);
        assertThat(complaints("?kind=campaign&name=c7&provider=yahoo")).isBetween(0.99, 1.0);
        assertThat(complaints("?kind=stream&name=news&provider=yahoo")).as("the one whose message is not known, too").isBetween(1.99, 2.0);
    }

    @Test
    void whatCannotBeAskedForIsSaid() throws Exception {
        assertThat(program.call("GET", "/v1/reputation?kind=colour", "").body()).contains("FIELD_INVALID").contains("pool, sender-domain, stream, campaign");
        assertThat(program.call("GET", "/v1/reputation?pool=zzz", "").statusCode()).isEqualTo(400);
        assertThat(program.call("GET", "/v1/reputation?provider=zzz", "").statusCode()).isEqualTo(400);
        assertThat(program.call("GET", "/v1/explain?to=nobody", "").statusCode()).isEqualTo(400);
        assertThat(program.call("GET", "/v1/explain", "").statusCode()).isEqualTo(400);
    }

    private static double complaints(String query) throws IOException, InterruptedException {
        return reputations(query).get(0).at("/parts/complaint/bad").asDouble();
    }

    private static JsonNode reputations(String query) throws IOException, InterruptedException {
        var answer = program.call("GET", "/v1/reputation" + query, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("reputations");
    }

    /** @return what the command prints */
    private static String run(String... arguments) {
        var out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            List<String> all = new ArrayList<>(List.of(arguments));
            all.addAll(List.of("--url", "http://127.0.0.1:" + program.config().http().port()));
            assertThat(command().execute(all.toArray(new String[0]))).as(String.join(" ", all).toLowerCase(Locale.ROOT)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static CommandLine command() {
        return new CommandLine(Dromedary.class);
    }
}
