package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.FreePort;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.smtp.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.core.JmsTemplate;

/**
 * The whole program in a folder of its own, with the routes of the repository, and a sink outside it that every pool named
 * {@code $SINK} in its configuration sends to. It can be stopped and started again on the same folder; the sink goes on.
 */
final class TestProgram implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String ONE_POOL = """
            pools:
              - {id: sink, host: 127.0.0.1, port: $SINK, tls: none, max-connections: 100}
            """;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int KEPT = 100_000;

    private final Path folder;
    private final Map<String, String> environment;
    private final Sandbox sink;
    private final DromedaryConfig config;
    private @Nullable Wiring wiring;

    private TestProgram(Path folder, String settings, Map<String, String> environment, Duration slowness) throws Exception {
        this.folder = folder;
        this.environment = environment;
        this.sink = new Sandbox(new DromedaryConfig.Sandbox(true, 0, KEPT), Clock.systemUTC(), slowness);
        sink.start();
        Path configDir = Files.createDirectories(folder.resolve("config"));
        Files.writeString(configDir.resolve("dromedary.yaml"), """
                http: {port: %d, max-body: 1MB%s}
                management: {port: %d}
                smtp: {port: %d}
                sandbox: {enabled: false}
                """.formatted(FreePort.next(), environment.containsKey("TEST_API_KEY") ? ", api-keys: [{name: test, key-env: TEST_API_KEY}]" : "", FreePort.next(), FreePort.next())
                + settings.replace("$SINK", String.valueOf(sink.port())));
        this.config = new ConfigLoader(BuiltInProviders.load()).load(configDir, data(), environment);
    }

    /** Starts with some settings beside those for ports. */
    static TestProgram start(Path folder, String settings) throws Exception {
        return start(folder, settings, Map.of(), Duration.ofSeconds(1));
    }

    static TestProgram start(Path folder, String settings, Map<String, String> environment, Duration slowness) throws Exception {
        TestProgram program = new TestProgram(folder, settings, environment, slowness);
        try {
            program.startAgain();
            return program;
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    void startAgain() throws Exception {
        wiring = Wiring.start(config, Path.of(""), Files.createDirectories(data()));
    }

    void stop() {
        if (wiring != null) {
            wiring.close();
            wiring = null;
        }
    }

    @Override
    public void close() {
        stop();
        sink.close();
    }

    Path data() {
        return folder.resolve("data");
    }

    DromedaryConfig config() {
        return config;
    }

    Wiring wiring() {
        return Objects.requireNonNull(wiring, "stopped");
    }

    CamelContext camel() {
        return wiring().context();
    }

    Sandbox sink() {
        return sink;
    }

    /** With all rights at the broker, in a transaction a call. */
    JmsTemplate jms() {
        var template = new JmsTemplate(Objects.requireNonNull(camel().getComponent("jms", JmsComponent.class).getConfiguration().getConnectionFactory()));
        template.setSessionTransacted(true);
        template.setReceiveTimeout(PATIENCE.toMillis());
        return template;
    }

    HttpResponse<String> call(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        return call(config.http().port(), method, path, body, headers);
    }

    /** @return the answer of the API, or of health and metrics, by their port */
    HttpResponse<String> call(int port, String method, String path, String body, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE)
                .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        String key = environment.get("TEST_API_KEY");
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String management(String path) throws IOException, InterruptedException {
        return call(config.management().port(), "GET", path, "").body();
    }

    /** By HTTP. */
    String submit(String to) throws IOException, InterruptedException {
        HttpResponse<String> answer = call("POST", "/v1/messages", json(to));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("message_id").asText();
    }

    static String json(String... to) {
        return "{\"from\":\"shop@example.com\",\"to\":[\"" + String.join("\",\"", to) + "\"],\"subject\":\"s\",\"text\":\"t\"}";
    }

    /** Waits for an event of this kind about a message or submission. */
    JsonNode eventually(String id, String kind) {
        return await().atMost(PATIENCE).until(() -> event(id, kind), Objects::nonNull);
    }

    @Nullable JsonNode event(String id, String kind) throws IOException, InterruptedException {
        for (JsonNode event : JSON.readTree(call("GET", "/v1/messages/" + id, "").body()).path("events")) {
            if (event.get("event").asText().equals(kind)) {
                return event;
            }
        }
        return null;
    }

    int count(String query) throws Exception {
        try (var connection = wiring().database().dataSource().getConnection(); var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** How often the sink took a message for each recipient. */
    Map<String, Integer> arrivals() {
        var out = new HashMap<String, Integer>();
        sink.messages().forEach(message -> message.to().forEach(to -> out.merge(to, 1, Integer::sum)));
        return out;
    }

    void awaitArrivals(List<String> recipients) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrivals().keySet()).containsAll(recipients));
    }

    /** Messages in a queue of the embedded broker, by its own count. */
    long depth(String queue) {
        return Objects.requireNonNull(wiring().broker(), "external").queueDepth(queue);
    }
}
