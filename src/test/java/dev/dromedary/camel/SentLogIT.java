package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.FreePort;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.sent.SentLogReading;
import dev.dromedary.smtp.Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program killed (SIGKILL) time after time while it empties its lanes: what is sent twice, and that nothing is lost. What was sent and not
 * answered when the process died cannot be known; what was answered is in the sent-log.
 */
class SentLogIT {
    private static final Logger LOG = LoggerFactory.getLogger(SentLogIT.class);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> DOMAINS = List.of("gmail.com", "outlook.com", "yahoo.com", "gmx.de", "elsewhere.example");
    private static final int BATCH = 1_000;
    private static final int CONVERSATIONS = 100;
    /** Long enough for a batch to be accepted: then all of it is due at once, and every lane is busy. */
    private static final Duration UNTIL_DUE = Duration.ofSeconds(6);
    private static final int KILLS = Integer.getInteger("sentlog.kills", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final Random random = new Random();
    private Sandbox sink;
    private int httpPort;
    private int managementPort;

    @BeforeEach
    void startSink() {
        sink = new Sandbox(new DromedaryConfig.Sandbox(true, 0, 100_000), Clock.systemUTC(), Duration.ofSeconds(1));
        sink.start();
    }

    @AfterEach
    void closeSink() {
        sink.close();
    }

    @Test
    void killedTimeAfterTimeItSendsTwiceOnlyWhatHadNotBeenAnswered() throws Exception {
        configure("");
        Toll toll = killUnderLoad("quick", KILLS);
        LOG.warn("with the sent-log: {}", toll);
        assertThat(toll.lost()).isZero();
        assertThat(toll.answeredTwice()).isZero();
        assertThat(toll.duplicates()).as("what was between the dot and its answer").isLessThanOrEqualTo(KILLS * CONVERSATIONS);
    }

    /** The measure to compare with: {@code -Dsentlog.baseline=true}. */
    @Test
    @EnabledIfSystemProperty(named = "sentlog.baseline", matches = "true")
    void withoutTheLogWhatWasUnderWayIsSentTwice() throws Exception {
        configure("sent-log: {enabled: false}");
        Toll toll = killUnderLoad("quick", KILLS);
        LOG.warn("without the sent-log: {}", toll);
        assertThat(toll.lost()).isZero();
    }

    @Test
    void aStreamTakenForDeliveredIsNotSentTwiceEvenByASlowServer() throws Exception {
        configure("in-doubt: {default: assume-delivered}");
        Toll toll = killUnderLoad("slow", 1);
        LOG.warn("slow server, assume-delivered: {}", toll);
        assertThat(toll.duplicates()).isZero();
        assertThat(toll.lost()).as("only what was killed in the microseconds between the mark and the dot").isLessThanOrEqualTo(1);
    }

    /** @param answeredTwice sent again although its answer had been read before a kill */
    private record Toll(int kills, int accepted, int lost, int duplicates, int answeredTwice, long prevented) {
    }

    private Toll killUnderLoad(String local, int kills) throws Exception {
        long prevented = 0;
        int accepted = 0;
        var answered = new HashMap<String, Integer>();
        for (int kill = 0; kill < kills; kill++) {
            try (ProgramProcess program = start()) {
                prevented += prevented();
                long before = sink.accepted();
                submit(local, accepted, BATCH);
                accepted += BATCH;
                long moment = before + 1 + random.nextInt(BATCH - 1);
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> sink.accepted() >= moment);
                program.kill();
                Map<String, Integer> then = arrivals();
                SentLogReading.taken(folder.resolve("data/sent-log")).forEach(id -> answered.put(id, then.getOrDefault(to(local, id), 0)));
            }
        }
        try (ProgramProcess program = start()) {
            prevented += prevented();
        }
        Map<String, Integer> arrivals = arrivals();
        int sent = accepted;
        int lost = (int) IntStream.range(0, sent).filter(i -> !arrivals.containsKey(to(local, i))).count();
        int answeredTwice = answered.entrySet().stream().mapToInt(known -> arrivals.get(to(local, known.getKey())) - known.getValue()).sum();
        Toll toll = new Toll(kills, sent, lost, arrivals.values().stream().mapToInt(times -> times - 1).sum(), answeredTwice, prevented);
        return toll;
    }

    /** Waits until nothing of what was accepted is on its way any more, and says how many repeats this run kept back. */
    private long prevented() throws Exception {
        await().atMost(PATIENCE).until(() -> {
            JsonNode status = JSON.readTree(get(httpPort, "/v1/status"));
            return status.path("waiting").isEmpty() && status.path("queues").isEmpty();
        });
        return get(managementPort, "/observe/metrics").lines().filter(line -> line.startsWith("dromedary_duplicates_prevented_total{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    private static String get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String id(int number) {
        return "kill-" + number;
    }

    private static String to(String local, String id) {
        return to(local, Integer.parseInt(id.substring(id.indexOf('-') + 1)));
    }

    private static String to(String local, int number) {
        return local + number + "@" + DOMAINS.get(number % DOMAINS.size());
    }

    private void submit(String local, int from, int count) throws Exception {
        Instant due = Instant.now().plus(UNTIL_DUE);
        var lines = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            lines.append("{\"message_id\":\"%s\",\"from\":\"shop@example.com\",\"to\":\"%s\",\"subject\":\"s\",\"text\":\"t\",\"scheduled_time\":\"%s\"}%n".formatted(id(i), to(local, i), due));
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/v1/messages")).timeout(PATIENCE)
                .header("Content-Type", "application/x-ndjson").POST(HttpRequest.BodyPublishers.ofString(lines.toString())).build();
        String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        assertThat(answer.lines().filter(line -> line.contains("\"status\":\"accepted\"")).count()).isEqualTo(count);
    }

    private Map<String, Integer> arrivals() {
        var out = new HashMap<String, Integer>();
        sink.messages().forEach(message -> message.to().forEach(to -> out.merge(to, 1, Integer::sum)));
        return out;
    }

    private void configure(String settings) throws Exception {
        httpPort = FreePort.next();
        managementPort = FreePort.next();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/dromedary.yaml"), """
                http: {port: %d}
                management: {port: %d}
                smtp: {enabled: false}
                sandbox: {enabled: false}
                pools:
                  - {id: sink, host: 127.0.0.1, port: %d, tls: none, max-connections: 100}
                %s
                """.formatted(httpPort, managementPort, sink.port(), settings));
    }

    private ProgramProcess start() throws Exception {
        return ProgramProcess.start(folder.resolve("config"), folder.resolve("data"), folder.resolve("log"));
    }
}
