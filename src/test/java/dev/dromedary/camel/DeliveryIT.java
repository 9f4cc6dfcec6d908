package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.FreePort;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.provider.BuiltInProviders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it: the routes of the folder, an embedded broker and database, and the sandbox as the pools. */
class DeliveryIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    static Path folder;

    private static Wiring wiring;
    private static DromedaryConfig config;

    @BeforeAll
    static void start() throws Exception {
        Path configDir = Files.createDirectories(folder.resolve("config"));
        int sandbox = FreePort.next();
        Files.writeString(configDir.resolve("dromedary.yaml"), """
                http: {port: %d}
                management: {port: %d}
                smtp: {port: %d}
                sandbox: {port: %d}
                retry: {initial: 1h}
                pools:
                  - {id: dead, host: 127.0.0.1, port: 1, tls: none}
                  - {id: live, host: 127.0.0.1, port: %d, tls: none}
                delivery-routes:
                  - {id: all, recipients: ["*"], pools: [dead, live]}
                """.formatted(FreePort.next(), FreePort.next(), FreePort.next(), sandbox, sandbox));
        Path data = Files.createDirectories(folder.resolve("data"));
        config = new ConfigLoader(BuiltInProviders.load()).load(configDir, data, Map.of());
        wiring = Wiring.start(config, Path.of(""), data);
    }

    @AfterAll
    static void stop() {
        if (wiring != null) {
            wiring.close();
        }
    }

    @Test
    void aMessageIsDeliveredThroughTheOtherPoolWhereOneCannotBeReached() throws Exception {
        String id = submit("ann@gmail.com");
        JsonNode delivered = eventually(id, "delivered");
        assertThat(delivered.get("pool").asText()).isEqualTo("live");
        assertThat(delivered.get("code").asInt()).isEqualTo(250);
        assertThat(delivered.get("provider").asText()).isEqualTo("google");
    }

    @Test
    void aTransientRefusalIsStoredWithItsNextAttempt() throws Exception {
        String id = submit("tempfail@gmail.com");
        JsonNode deferred = eventually(id, "deferred");
        assertThat(deferred.get("code").asInt()).isEqualTo(451);
        assertThat(deferred.hasNonNull("next_attempt")).isTrue();
        await().atMost(PATIENCE).until(() -> count("select count(*) from deferred where message_id = '" + id + "' and attempt = 2") == 1);
    }

    @Test
    void aPermanentRefusalEndsInTheDeadLetterStoreAndCanBeReplayed() throws Exception {
        String id = submit("bounce@yahoo.com");
        assertThat(eventually(id, "bounced").get("code").asInt()).isEqualTo(550);
        await().atMost(PATIENCE).until(() -> call("GET", "/v1/dead-letters", "").body().contains(id));
        await().atMost(PATIENCE).until(() -> call("DELETE", "/v1/suppressions/bounce@yahoo.com?reason=again", "").statusCode() == 200);
        HttpResponse<String> replayed = call("POST", "/v1/dead-letters/" + id + "/replay?reason=again", "");
        assertThat(JSON.readTree(replayed.body()).get("replayed").asInt()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> count("select count(*) from event where message_id = '" + id + "' and kind = 'bounced'") == 2);
    }

    @Test
    void aMessageInDoubtIsNotOfferedToAnotherPool() throws Exception {
        String id = submit("drop@gmail.com");
        assertThat(eventually(id, "deferred").get("detail").asText()).startsWith("in doubt");
    }

    @Test
    void theSameKeyAndBodyIsAnsweredAgainAndAnotherBodyIsAConflict() throws Exception {
        String body = "{\"from\":\"a@shop.example\",\"to\":\"bob@gmail.com\",\"text\":\"x\"}";
        HttpResponse<String> first = call("POST", "/v1/messages", body, "Idempotency-Key", "k1");
        HttpResponse<String> again = call("POST", "/v1/messages", body, "Idempotency-Key", "k1");
        HttpResponse<String> other = call("POST", "/v1/messages", body.replace("\"x\"", "\"y\""), "Idempotency-Key", "k1");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(again.body()).get("message_id")).isEqualTo(JSON.readTree(first.body()).get("message_id"));
        assertThat(other.statusCode()).isEqualTo(409);
    }

    @Test
    void foreignHeadersOfARequestReachNeitherBrokerNorPool() throws Exception {
        HttpResponse<String> answer = call("POST", "/v1/messages?mail.smtp.host=evil.example&_AMQ_DUPL_ID=same&JMSPriority=9",
                "{\"from\":\"a@shop.example\",\"to\":\"carol@gmail.com\",\"text\":\"x\"}", "CAmelJmsDestinationName", "mail.event");
        assertThat(answer.statusCode()).isEqualTo(202);
        String id = JSON.readTree(answer.body()).get("message_id").asText();
        assertThat(eventually(id, "delivered").get("pool").asText()).isEqualTo("live");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("camel") || name.startsWith("mail.smtp"));
    }

    @Test
    void aRefusalNamesTheFieldTheValueAndWhatToChange() throws Exception {
        HttpResponse<String> answer = call("POST", "/v1/messages", "{\"from\":\"a@shop.example\",\"to\":\"nobody\",\"text\":\"x\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = JSON.readTree(answer.body()).get("error");
        assertThat(error.get("code").asText()).isEqualTo("ADDRESS_MALFORMED");
        assertThat(error.get("seen").asText()).contains("nobody");
    }

    @Test
    void aDroppedFileIsSentAndMovedToDone() throws Exception {
        Path inbox = Files.createDirectories(config.inbox().directory());
        Path temporary = Files.writeString(folder.resolve("m.tmp"), "From: a@shop.example\r\nTo: dave@gmail.com\r\nSubject: file\r\n\r\nhello\r\n");
        Files.move(temporary, inbox.resolve("m.eml"));
        await().atMost(PATIENCE).until(() -> Files.exists(inbox.resolve("done/m.eml")));
        await().atMost(PATIENCE).until(() -> count("select count(*) from event where recipient = 'dave@gmail.com' and kind = 'delivered'") == 1);
    }

    @Test
    void whatTheSandboxTookCanBeLookedAt() throws Exception {
        String id = submit("looked-at@gmail.com");
        eventually(id, "delivered");
        JsonNode listed = JSON.readTree(call("GET", "/v1/sandbox/messages?to=looked-at@gmail.com", "").body()).get("messages").get(0);
        assertThat(listed.get("from").asText()).isEqualTo("shop@example.com");
        HttpResponse<String> shown = call("GET", "/v1/sandbox/messages/" + listed.get("number").asText(), "");
        assertThat(shown.headers().firstValue("Content-Type")).hasValue("message/rfc822");
        assertThat(shown.body()).contains("To: looked-at@gmail.com").contains("Subject: s");
        assertThat(call("GET", "/v1/sandbox/messages/0", "").statusCode()).isEqualTo(404);
    }

    @Test
    void itSaysThatItIsReady() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + config.management().port() + "/observe/health/ready")).build();
        await().atMost(PATIENCE).until(() -> HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body().contains("UP"));
    }

    private static String submit(String to) throws Exception {
        HttpResponse<String> answer = call("POST", "/v1/messages", "{\"from\":\"shop@example.com\",\"to\":\"" + to + "\",\"subject\":\"s\",\"text\":\"t\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("message_id").asText();
    }

    private static JsonNode eventually(String id, String kind) {
        return await().atMost(PATIENCE).until(() -> event(id, kind), java.util.Objects::nonNull);
    }

    private static @org.jspecify.annotations.Nullable JsonNode event(String id, String kind) throws Exception {
        JsonNode events = JSON.readTree(call("GET", "/v1/messages/" + id, "").body()).path("events");
        for (JsonNode event : events) {
            if (event.get("event").asText().equals(kind)) {
                return event;
            }
        }
        return null;
    }

    private static HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + config.http().port() + path)).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int count(String query) throws Exception {
        try (var connection = wiring.database().dataSource().getConnection(); var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
