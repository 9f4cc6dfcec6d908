package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first run: the program as a process with its sandbox, and the commands beside it. */
class FirstRunIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static ProgramProcess program;
    private static int http;

    record Said(int status, String out, String err) {
    }

    @BeforeAll
    static void start() throws Exception {
        http = FreePort.next();
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("dromedary.yaml"), "http: {port: %d}\nmanagement: {port: %d}\nsmtp: {port: %d}\nsandbox: {port: %d}\n"
                .formatted(http, FreePort.next(), FreePort.next(), FreePort.next()));
        program = ProgramProcess.start(config, folder.resolve("data"), folder.resolve("log"));
    }

    @AfterAll
    static void stop() throws Exception {
        program.close();
    }

    @Test
    void theDemonstrationDeliversAllOfItsMessagesAndPrintsItsResult() throws Exception {
        Said demo = dromedary("demo", "--exit");
        assertThat(demo.status()).as(demo.err()).isZero();
        JsonNode result = JSON.readTree(demo.out().lines().filter(line -> line.startsWith("{\"total_messages\"")).findFirst().orElseThrow());
        assertThat(result.get("total_messages").asInt()).isEqualTo(100);
        assertThat(result.get("successful_sends").asInt()).isEqualTo(100);
        assertThat(result.get("failed_sends").asInt()).isZero();
        assertThat(result.get("success_rate").asDouble()).isEqualTo(1.0);
    }

    @Test
    void whatIsSentArrivesInTheSandboxAndShowsInItsHistory() throws Exception {
        Said sent = client("send", "--from", "shop@example.com", "--subject", "Gr\u00fc\u00dfe", "--text", "It works", "first-run@gmail.com");
        assertThat(sent.status()).as(sent.err()).isZero();
        String id = JSON.readTree(sent.out()).get("message_id").asText();
        await().atMost(TestProgram.PATIENCE).until(() -> get("/v1/messages/" + id).contains("\"delivered\""));
        String taken = get("/v1/sandbox/messages?to=first-run@gmail.com");
        String number = JSON.readTree(taken).get("messages").get(0).get("number").asText();
        assertThat(get("/v1/sandbox/messages/" + number)).contains("From: shop@example.com").contains("It works").contains("Subject: =?UTF-8?");
    }

    @Test
    void aBouncedMessageIsListedAndReplayed() throws Exception {
        Said sent = client("send", "--from", "shop@example.com", "--text", "x", "bounce-cli@yahoo.com");
        String id = JSON.readTree(sent.out()).get("message_id").asText();
        await().atMost(TestProgram.PATIENCE).until(() -> client("dead", "list", "--provider", "yahoo").out().contains(id));
        assertThat(client("dead", "list", "--provider", "google").out()).doesNotContain(id);
        await().atMost(TestProgram.PATIENCE).until(() -> client("suppress", "remove", "bounce-cli@yahoo.com", "--why", "again").status() == 0);
        assertThat(client("dead", "replay", id, "--reason", "again").out()).contains("\"replayed\":1");
        await().atMost(TestProgram.PATIENCE).until(() -> get("/v1/messages/" + id).split("\"bounced\"", -1).length == 3);
    }

    @Test
    void statusIsForPeopleOrAsJson() throws Exception {
        assertThat(client("status").out()).contains("pool     sandbox-a at 127.0.0.1:").contains("healthy");
        assertThat(JSON.readTree(client("status", "--json").out()).get("pools")).hasSize(2);
    }

    @Test
    void aRefusalIsPrintedWithItsCodeAndAnotherStatus() throws Exception {
        Said refused = client("send", "--from", "shop@example.com", "--text", "x", "nobody");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("ADDRESS_MALFORMED");
        Said alone = dromedary("status", "--url", "http://127.0.0.1:" + FreePort.next());
        assertThat(alone.status()).isEqualTo(1);
        assertThat(alone.err()).contains("[NOT_RUNNING]");
    }

    @Test
    void explainNamesProviderRoutePoolsAndWhatBinds() throws Exception {
        Said explained = dromedary("explain", "Ann@GMail.com", "--config", "config/demo");
        assertThat(explained.status()).as(explained.err()).isZero();
        assertThat(explained.out()).contains("provider   google").contains("route      tier1_route").contains("pool       primary_pool")
                .contains("1000/min to this provider").contains("binds      the pools together: 16.67/s");
    }

    @Test
    void aTakenPortKeepsItFromStartingAndIsNamed() throws Exception {
        Path config = Files.createDirectories(folder.resolve("taken"));
        Files.writeString(config.resolve("dromedary.yaml"), "http: {port: %d}\nmanagement: {port: %d}\n".formatted(http, FreePort.next()));
        Said run = dromedary("run", "--config", config.toString(), "--data", folder.resolve("taken-data").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("[PORT_UNAVAILABLE] http.port: 127.0.0.1:" + http).doesNotContain("\tat ");
        assertThat(run.out()).doesNotContain("is ready");
    }

    private static Said client(String... words) throws Exception {
        var all = new ArrayList<>(List.of(words));
        all.add("--url");
        all.add("http://127.0.0.1:" + http);
        return dromedary(all.toArray(String[]::new));
    }

    private static Said dromedary(String... words) throws Exception {
        var command = new ArrayList<>(List.of(Path.of("bin/dromedary").toAbsolutePath().toString()));
        command.addAll(List.of(words));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("DROMEDARY_JAVA_OPTS", "-Xmx512m");
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end in a minute: " + Files.readString(err));
        }
        return new Said(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static String get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
