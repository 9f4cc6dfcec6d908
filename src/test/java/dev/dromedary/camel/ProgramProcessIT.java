package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.FreePort;
import dev.dromedary.config.DromedaryConfig;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program as it is run: told to stop in the middle of its work, and killed there. */
class ProgramProcessIT {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramProcessIT.class);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int LANES = 5;
    private static final int CONSUMERS = 20;

    @TempDir
    Path folder;

    private Sandbox sink;
    private int httpPort;
    private int smtpPort;

    @BeforeEach
    void configure() throws IOException {
        sink = new Sandbox(new DromedaryConfig.Sandbox(true, 0, 100_000), Clock.systemUTC(), Duration.ofSeconds(1));
        sink.start();
        httpPort = FreePort.next();
        smtpPort = FreePort.next();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/dromedary.yaml"), """
                http: {port: %d}
                management: {port: %d}
                smtp: {port: %d}
                sandbox: {enabled: false}
                pools:
                  - {id: sink, host: 127.0.0.1, port: %d, tls: none, max-connections: 100}
                """.formatted(httpPort, FreePort.next(), smtpPort, sink.port()));
    }

    @AfterEach
    void closeSink() {
        sink.close();
    }

    @Test
    void toldToStopWhileItStartsItEndsInOrder() throws Exception {
        Path log = folder.resolve("log");
        Process process = ProgramProcess.launch(folder.resolve("config"), folder.resolve("data"), log);
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(log) && Files.readString(log).contains("PostgreSQL is ready"));
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            assertThat(Files.readString(log)).doesNotContain("Exception", "\tat ");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void toldToStopItEndsInOrderAndWhatItHadAcceptedArrivesOnce() throws Exception {
        SteadyLoad load;
        try (ProgramProcess program = start()) {
            load = new SteadyLoad(4, 100_000, to -> SmtpDialogue.submit(smtpPort, to.replace("load", "slow")).startsWith("250"));
            await().atMost(TestProgram.PATIENCE).until(() -> load.accepted().size() > 200);
            long start = System.nanoTime();
            assertThat(program.terminate(Duration.ofSeconds(60))).isZero();
            LOG.warn("drained in {} ms with {} accepted and {} delivered", Duration.ofNanos(System.nanoTime() - start).toMillis(), load.accepted().size(), sink.accepted());
            load.close();
        }
        try (ProgramProcess again = start()) {
            assertAllArrive(load, "load", "slow");
        }
        assertThat(duplicates(load, "load", "slow")).isZero();
    }

    @Test
    void killedUnderLoadItLosesNothingItHadAccepted() throws Exception {
        SteadyLoad load;
        try (ProgramProcess program = start()) {
            load = new SteadyLoad(4, 100_000, to -> submitByHttp(to.contains("5") ? to.replace("load", "slow") : to));
            await().atMost(TestProgram.PATIENCE).until(() -> load.accepted().size() > 300);
            program.kill();
            load.close();
        }
        try (ProgramProcess again = start()) {
            assertAllArrive(load, "load", "slow");
        }
        int duplicates = duplicates(load, "load", "slow");
        LOG.warn("killed under load: {} accepted, 0 lost, {} duplicates", load.accepted().size(), duplicates);
        assertThat(duplicates).as("at most what was in flight").isLessThanOrEqualTo(LANES * CONSUMERS);
    }

    private ProgramProcess start() throws Exception {
        return ProgramProcess.start(folder.resolve("config"), folder.resolve("data"), folder.resolve("log"));
    }

    private void assertAllArrive(SteadyLoad load, String accepted, String sent) {
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> assertThat(load.missing(arrivals(sent, accepted))).isEmpty());
    }

    private int duplicates(SteadyLoad load, String accepted, String sent) {
        return load.duplicates(arrivals(sent, accepted));
    }

    private Map<String, Integer> arrivals(String sent, String accepted) {
        var out = new HashMap<String, Integer>();
        sink.messages().forEach(message -> message.to().forEach(to -> out.merge(to.replace(sent, accepted), 1, Integer::sum)));
        return out;
    }

    private boolean submitByHttp(String to) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/v1/messages")).timeout(TestProgram.PATIENCE)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(TestProgram.json(to))).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 202;
    }
}
