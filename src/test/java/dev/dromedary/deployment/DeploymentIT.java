package dev.dromedary.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.FreePort;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.smtp.Sandbox;
import dev.dromedary.store.EmbeddedDatabase;
import dev.dromedary.store.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image and the compose file without containers: the files that the Dockerfile copies, laid out in a folder and run as its ENTRYPOINT and
 * CMD do, with the environment that Compose gives, against an Artemis that runs on ops/artemis/broker.xml, a PostgreSQL and an SMTP server.
 */
class DeploymentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String API_KEY = "0123456789abcdef0123456789abcdef";
    private static final String BROKER_PASSWORD = "b".repeat(48);
    private static final Path CONFIG = Path.of("ops/compose").toAbsolutePath();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void theImagesFilesAreAllThatACheckNeeds() throws Exception {
        Path home = image();
        Process check = start(home, compose("any"), "bin/dromedary", "check", "--config", CONFIG.toString());

        assertThat(check.waitFor()).isZero();
        assertThat(log("check")).content().contains("0 errors, 3 warnings").contains("listener http 0.0.0.0:8025, 1 API keys");
    }

    @Test
    void itDeliversOverTheBrokerTheDatabaseAndTheServerThatItIsGiven() throws Exception {
        Path home = image();
        Set<Path> before = files(home);
        int brokerPort = FreePort.next();
        ActiveMQServer broker = broker(brokerPort);
        try (var database = EmbeddedDatabase.start(TestDatabase.config(2), folder.resolve("database"));
                var server = new Sandbox(new DromedaryConfig.Sandbox(true, 0, 10), Clock.systemUTC())) {
            server.start();
            Map<String, String> env = compose(Files.readString(folder.resolve("database/postgres/password")).strip());
            int http = FreePort.next();
            int management = FreePort.next();
            env.putAll(Map.of("DROMEDARY_BROKER_URL", "tcp://127.0.0.1:" + brokerPort, "DROMEDARY_DATABASE_URL", database.url(), "DROMEDARY_HTTP_BIND", "127.0.0.1",
                    "DROMEDARY_HTTP_PORT", String.valueOf(http), "DROMEDARY_MANAGEMENT_BIND", "127.0.0.1", "DROMEDARY_MANAGEMENT_PORT", String.valueOf(management)));
            for (String pool : List.of("A", "B")) {
                env.put("DROMEDARY_POOLS_MAILPIT_" + pool + "_HOST", "127.0.0.1");
                env.put("DROMEDARY_POOLS_MAILPIT_" + pool + "_PORT", String.valueOf(server.port()));
            }
            assertThat(exit(home, env, "bin/ready")).isEqualTo(1);
            Process dromedary = start(home, env, "bin/dromedary", "run", "--config", CONFIG.toString(), "--data", folder.resolve("data").toString());
            try {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
                    assertThat(dromedary.isAlive()).as(log("run").toString()).isTrue();
                    return exit(home, env, "bin/ready") == 0;
                });
                assertThat(send(http, "guessed").statusCode()).isEqualTo(401);
                assertThat(send(http, API_KEY).statusCode()).isEqualTo(202);
                await().atMost(PATIENCE).until(() -> metrics(management).contains("outcome=\"delivered\""));
                assertThat(Scrape.labelsByName(metrics(management)).keySet()).contains("dromedary_routes_running")
                        .contains("dromedary_accepted_total", "dromedary_outcomes_total", "dromedary_time_to_delivery_seconds_sum");
                // Lanes are made by Dromedary, which may do no more on this broker than broker.xml allows it.
                assertThat(broker.queueQuery(org.apache.activemq.artemis.api.core.SimpleString.of("mail.lane.google")).isExists()).isTrue();
            } finally {
                dromedary.destroy();
            }
            assertThat(dromedary.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(log("run")).content().contains("dromedary is ready").contains("dromedary drains and stops");
            // The container's user may not write there.
            assertThat(files(home)).isEqualTo(before);
        } finally {
            broker.stop();
        }
    }

    private Path image() throws IOException {
        Path home = folder.resolve("opt");
        ImageFile.read().layOut(home);
        return home;
    }

    private static Map<String, String> compose(String databasePassword) throws Exception {
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(API_KEY.getBytes(StandardCharsets.UTF_8)));
        return new HashMap<>(ComposeFile.read(Map.of("BROKER_PASSWORD", BROKER_PASSWORD, "POSTGRES_PASSWORD", databasePassword, "API_KEY_SHA256", digest, "GRAFANA_PASSWORD",
                "g")).environment("dromedary"));
    }

    private ActiveMQServer broker(int port) throws Exception {
        FileConfiguration configuration = new FileConfiguration();
        FileDeploymentManager manager = new FileDeploymentManager(Path.of("ops/artemis/broker.xml").toUri().toString());
        manager.addDeployable(configuration);
        manager.readConfiguration();
        configuration.setBrokerInstance(folder.resolve("artemis").toFile());
        configuration.clearAcceptorConfigurations().addAcceptorConfiguration("core", "tcp://127.0.0.1:" + port + "?protocols=CORE").setMaxDiskUsage(99);
        var users = new SecurityConfiguration();
        users.addUser("dromedary", BROKER_PASSWORD);
        users.addRole("dromedary", "amq");
        ActiveMQServer server = new ActiveMQServerImpl(configuration, new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        server.start();
        return server;
    }

    /** As a container starts it: in the image's WORKDIR, with no other variables than the image's and Compose's. */
    private Process start(Path home, Map<String, String> env, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, home.resolve(command[0]).toString());
        ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile()).redirectErrorStream(true);
        builder.redirectOutput(log(command[command.length > 1 ? 1 : 0]).toFile());
        builder.environment().clear();
        builder.environment().putAll(env);
        builder.environment().put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":/usr/bin:/bin");
        return builder.start();
    }

    private Path log(String command) {
        return folder.resolve(command.replace('/', '-') + ".log");
    }

    private int exit(Path home, Map<String, String> env, String command) throws IOException, InterruptedException {
        return start(home, env, command).waitFor();
    }

    private static HttpResponse<String> send(int port, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/messages")).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"from\":\"shop@example.com\",\"to\":[\"ann@gmail.com\"],\"subject\":\"Hi\",\"text\":\"Hello\"}"));
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String metrics(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/metrics"));
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static Set<Path> files(Path home) throws IOException {
        try (var walk = Files.walk(home)) {
            return walk.collect(java.util.stream.Collectors.toCollection(TreeSet::new));
        }
    }
}
