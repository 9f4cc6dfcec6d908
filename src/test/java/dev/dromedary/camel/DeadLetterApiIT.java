package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.cli.DeadCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages given up, looked at and taken out of the whole program. */
class DeadLetterApiIT {
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
    void oneIsShownWithWhatHappenedAndItsHeaderFields() throws Exception {
        String id = dead("bounce1@gmail.com");
        JsonNode letter = json(program.call("GET", "/v1/dead-letters/" + id, "").body());
        assertThat(letter.get("to").asText()).isEqualTo("bounce1@gmail.com");
        assertThat(letter.get("code").asInt()).isEqualTo(550);
        assertThat(letter.get("attempt").asInt()).isEqualTo(1);
        assertThat(letter.get("headers")).extracting(header -> header.get("name").asText()).contains("From", "To", "Subject", "Date", "Message-ID");
        assertThat(letter.get("headers")).anySatisfy(header -> assertThat(header.get("value").asText()).contains("bounce1@gmail.com"));
        assertThat(run("show", id)).contains("to            bounce1@gmail.com").contains("Subject: s");
    }

    @Test
    void itsMessageIsGivenAsItWasToBeSent() throws Exception {
        String id = dead("bounce2@gmail.com");
        HttpResponse<String> raw = program.call("GET", "/v1/dead-letters/" + id + "?raw=true", "");
        assertThat(raw.headers().firstValue("Content-Type")).contains("message/rfc822");
        assertThat(raw.body()).contains("Subject: s\r\n").contains("\r\n\r\nt");
        assertThat(run("show", id, "--raw")).isEqualTo(raw.body());
    }

    @Test
    void allAreExportedALineEach() throws Exception {
        String one = dead("bounce3@yahoo.com");
        String two = dead("bounce4@yahoo.com");
        HttpResponse<String> export = program.call("GET", "/v1/dead-letters/export?provider=yahoo", "");
        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(export.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        List<JsonNode> lines = export.body().lines().map(DeadLetterApiIT::json).toList();
        assertThat(lines).extracting(line -> line.get("id").asText()).containsExactly(one, two);
        assertThat(lines).noneMatch(line -> line.has("raw"));
        JsonNode whole = json(run("export", "--provider", "yahoo", "--raw").lines().findFirst().orElseThrow());
        assertThat(new String(Base64.getDecoder().decode(whole.get("raw").asText()), StandardCharsets.UTF_8)).contains("To: bounce3@yahoo.com");
    }

    @Test
    void aLongExportWaitsOnDiskAndLeavesNothingBehind() throws Exception {
        String body = "{\"from\":\"shop@example.com\",\"to\":[\"bounce5@orange.fr\",\"bounce6@orange.fr\",\"bounce7@orange.fr\"],\"subject\":\"s\",\"text\":\""
                + "word ".repeat(120_000) + "\"}";
        assertThat(program.call("POST", "/v1/messages", body).statusCode()).isEqualTo(202);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where provider = 'orange'") == 3);
        HttpResponse<String> export = program.call("GET", "/v1/dead-letters/export?provider=orange&raw=true", "");
        assertThat(export.body().lines().map(DeadLetterApiIT::json)).hasSize(3).allSatisfy(line -> assertThat(line.get("raw").asText()).hasSizeGreaterThan(600_000));
        await().atMost(TestProgram.PATIENCE).until(() -> {
            try (var files = Files.list(program.data().resolve("spool"))) {
                return files.findAny().isEmpty();
            }
        });
    }

    @Test
    void whatDiesAgainIsNotReplayedTwiceByOneCall() throws Exception {
        dead("bounce8@gmx.de");
        JsonNode answer = json(program.call("POST", "/v1/dead-letters/all/replay?provider=gmx&reason=list%20mended", "").body());
        assertThat(answer.get("replayed").asInt()).isEqualTo(1);
        JsonNode entry = json(program.call("GET", "/v1/audit?limit=1", "").body()).get("audit").get(0);
        assertThat(entry.get("action").asText()).isEqualTo("dead.replay");
        assertThat(entry.get("subject").asText()).isEqualTo("provider=gmx");
        assertThat(entry.get("reason").asText()).isEqualTo("list mended");
        assertThat(entry.get("messages").asInt()).isEqualTo(1);
    }

    @Test
    void whatDoesNotExistOrIsNotUnderstoodIsRefused() throws Exception {
        assertThat(program.call("GET", "/v1/dead-letters/none-such", "").statusCode()).isEqualTo(404);
        assertThat(program.call("GET", "/v1/dead-letters/none-such?raw=yes", "").body()).contains("FIELD_INVALID").contains("raw");
        assertThat(program.call("GET", "/v1/dead-letters/export?raw=yes", "").body()).contains("FIELD_INVALID").contains("raw");
    }

    private static String dead(String to) throws Exception {
        String id = program.submit(to);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where message_id = '" + id + "'") == 1);
        return id;
    }

    private static String run(String... arguments) {
        return CommandRun.of(program, new DeadCommand(), arguments).out();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
