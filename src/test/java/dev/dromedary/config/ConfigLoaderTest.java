package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.config.DromedaryConfig.Provider;
import dev.dromedary.config.DromedaryConfig.TlsMode;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    private static final Path DATA = Path.of("data");
    private static final String POOL = """
            pools:
              - id: corp
                host: smtp.example.net
            """;

    @TempDir
    private Path directory;

    private final ConfigLoader loader = new ConfigLoader(BuiltInProviders.load());

    private LintResult lint(String yaml, Map<String, String> env) {
        try {
            Files.writeString(directory.resolve(ConfigLoader.FILE), yaml);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return loader.lint(directory, DATA, env);
    }

    private LintResult lint(String yaml) {
        return lint(yaml, Map.of());
    }

    private DromedaryConfig load(String yaml, Map<String, String> env) {
        LintResult result = lint(yaml, env);
        assertThat(result.problems()).filteredOn(Problem::isError).isEmpty();
        return result.config();
    }

    private DromedaryConfig load(String yaml) {
        return load(yaml, Map.of());
    }

    @Test
    void withoutAFileEverythingHasItsDefaultAndMailGoesToTheSandbox() {
        DromedaryConfig config = loader.load(directory, DATA, Map.of("HOSTNAME", "node-1"));

        assertThat(config.node()).isEqualTo("node-1");
        assertThat(config.http()).isEqualTo(new DromedaryConfig.Http("127.0.0.1", 8025, 30_000_000, List.of()));
        assertThat(config.management()).isEqualTo(new DromedaryConfig.Management("127.0.0.1", 8026));
        assertThat(config.smtp()).isEqualTo(new DromedaryConfig.SmtpListener(true, "127.0.0.1", 2525, "localhost", 25_000_000, 200, 1000, List.of(), null, false));
        assertThat(config.inbox()).isEqualTo(new DromedaryConfig.Inbox(true, Path.of("data/inbox"), Duration.ofMillis(500)));
        assertThat(config.broker().maxDiskUsage()).isEqualTo(90);
        assertThat(config.broker().core()).isEqualTo(new DromedaryConfig.Acceptor(false, "127.0.0.1", 61616, null, Secret.NONE));
        assertThat(config.broker().amqp()).isEqualTo(new DromedaryConfig.Acceptor(false, "127.0.0.1", 5672, null, Secret.NONE));
        assertThat(config.database()).isEqualTo(new DromedaryConfig.Database(DromedaryConfig.Mode.EMBEDDED, null, null, Secret.NONE, 0, 10));
        assertThat(config.sandbox()).isEqualTo(new DromedaryConfig.Sandbox(true, 2526, 1000));
        assertThat(config.accept()).isEqualTo(new DromedaryConfig.Accept(1000, 25_000_000, Duration.ofHours(24)));
        assertThat(config.retry()).isEqualTo(new DromedaryConfig.Retry(Duration.ofMinutes(5), 2, Duration.ofHours(4), 0.2, Duration.ofDays(5), 30));
        assertThat(config.health()).isEqualTo(new DromedaryConfig.Health(Duration.ofSeconds(60), 3, Duration.ofSeconds(30)));
        assertThat(config.mxRollup()).isEqualTo(new DromedaryConfig.MxRollup(false, Duration.ofSeconds(2), 100_000, List.of()));
        assertThat(config.pace()).isEqualTo(new DromedaryConfig.Pace(Duration.ofSeconds(5), new DromedaryConfig.Shares(16, 4, 1, 10)));
        assertThat(config.pools()).containsOnlyKeys("sandbox-a", "sandbox-b").allSatisfy((id, pool) -> {
            assertThat(pool.host() + ":" + pool.port()).isEqualTo("127.0.0.1:2526");
            assertThat(pool.tls()).isEqualTo(TlsMode.NONE);
        });
        assertThat(config.routes()).containsExactly(
                new DromedaryConfig.DeliveryRoute("default", List.of("*"), Set.of(), List.of(), List.of("sandbox-a", "sandbox-b"), 0, 100, null));
        assertThat(config.providers().get("other").consumers()).isEqualTo(50);
    }

    @Test
    void theShippedFileIsRightAndSendsToTheSandbox() {
        LintResult result = loader.lint(Path.of("config"), DATA, Map.of());

        assertThat(result.problems()).isEmpty();
        assertThat(result.config().pools()).containsOnlyKeys("sandbox-a", "sandbox-b");
    }

    @Test
    void theSetUpThatTheShippedFileShowsIsRightToo() throws IOException {
        String shipped = Files.readString(Path.of("config/dromedary.yaml"));
        String shown = shipped.substring(shipped.indexOf("# pools:"), shipped.indexOf("\nsandbox:")).replaceAll("(?m)^# ?", "");
        Files.writeString(directory.resolve("bulk.password"), "one");
        LintResult result = lint(shown, Map.of("TRANSACTIONAL_PASSWORD", "two"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.config().pools()).containsOnlyKeys("transactional", "bulk");
    }

    @Test
    void aPoolHasTheStatedDefaults() {
        DromedaryConfig.Pool pool = load("smtp: {hostname: mail.example.com}\n" + POOL).pools().get("corp");

        assertThat(pool).usingRecursiveComparison().isEqualTo(new DromedaryConfig.Pool(
                "corp", "smtp.example.net", 587, TlsMode.STARTTLS, null, Secret.NONE, "mail.example.com", List.of(), 50, 100, null, Map.of(), 100,
                Duration.ofSeconds(30), Duration.ofMinutes(5),
                new DromedaryConfig.Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(10)), null));
    }

    @Test
    void poolsWithoutRoutesServeAllMail() {
        assertThat(load(POOL).routes()).singleElement().satisfies(route -> {
            assertThat(route.recipients()).containsExactly("*");
            assertThat(route.pools()).containsExactly("corp");
        });
    }

    @Test
    void aBadFileIsToldEverythingAtOnceWithLines() {
        LintResult result = lint("""
                htp:
                  port: 1
                http:
                  prot: 8025
                  port: http
                  max-body: 25 elephants
                retry:
                  initial: 1h
                  max: 5m
                pools:
                  - id: corp
                    host: smtp.example.net
                    password: hunter2
                    rate: 0/min
                    source-addresses: [eth0]
                  - id: corp
                    host: a b
                delivery-routes:
                  - id: all
                    recipients: ["*", "provider:gmial", "*edu"]
                    pools: [crop]
                """);

        assertThat(result.config()).isNull();
        assertThat(result.problems()).filteredOn(Problem::isError).extracting(p -> p.line() + " " + p.code() + " " + p.key()).containsExactlyInAnyOrder(
                "1 UNKNOWN_KEY htp", "4 UNKNOWN_KEY http.prot", "5 BAD_VALUE http.port", "6 BAD_VALUE http.max-body", "9 RETRY_ORDER retry.max",
                "13 LITERAL_SECRET pools.corp.password", "14 RATE_ZERO pools.corp.rate", "15 BAD_VALUE pools.corp.source-addresses",
                "16 DUPLICATE_ID pools[1].id", "17 BAD_VALUE pools[1].host", "20 UNKNOWN_PROVIDER delivery-routes.all.recipients",
                "20 BAD_PATTERN delivery-routes.all.recipients", "21 UNKNOWN_POOL delivery-routes.all.pools");
        assertThat(result.problems()).extracting(Problem::toString).anyMatch(text -> text.contains("write http, or remove it"))
                .anyMatch(text -> text.contains("write port, or remove it")).anyMatch(text -> text.contains("pause it")).noneMatch(text -> text.contains("hunter2"));
        assertThatThrownBy(() -> loader.load(directory, DATA, Map.of()))
                .isInstanceOfSatisfying(ConfigException.class, thrown -> assertThat(thrown.problems()).isEqualTo(result.problems()));
    }

    @Test
    void textThatIsNoYamlIsToldWithItsLine() {
        assertThat(lint("http:\n  port: [1\n").problems()).anyMatch(p -> p.code() == ConfigCode.NOT_YAML && p.line() >= 2);
    }

    @Test
    void theEnvironmentOverridesSingleKeys() {
        DromedaryConfig config = load(POOL, Map.of(
                "DROMEDARY_HTTP_PORT", "9000", "DROMEDARY_ACCEPT_MAX_SIZE", "1MiB", "DROMEDARY_POOLS_CORP_USERNAME", "joe", "DROMEDARY_POOLS_CORP_PASSWORD", "s3cret",
                "DROMEDARY_POOLS_CORP_SOURCE_ADDRESSES", "192.0.2.1, 192.0.2.2", "DROMEDARY_NODE", "n7"));

        assertThat(config.http().port()).isEqualTo(9000);
        assertThat(config.accept().maxSize()).isEqualTo(1 << 20);
        assertThat(config.node()).isEqualTo("n7");
        assertThat(config.pools().get("corp")).satisfies(pool -> {
            assertThat(pool.username()).isEqualTo("joe");
            assertThat(pool.password().reveal()).isEqualTo("s3cret");
            assertThat(pool.sourceAddresses()).containsExactly("192.0.2.1", "192.0.2.2");
        });
    }

    @Test
    void aBadVariableIsNamedAndAnUnknownOneIsAWarning() {
        List<Problem> problems = lint("", Map.of("DROMEDARY_HTTP_PORT", "high", "DROMEDARY_HTP_PORT", "1")).problems();

        assertThat(problems).extracting(p -> p.code() + " " + p.file() + " " + p.isError())
                .containsExactlyInAnyOrder("BAD_VALUE $DROMEDARY_HTTP_PORT true", "UNKNOWN_VARIABLE $DROMEDARY_HTP_PORT false");
    }

    @Test
    void whatTheScriptsTheLogAndTheCommandsReadIsNotReported() {
        assertThat(lint("", Map.of("DROMEDARY_HOME", "/opt", "DROMEDARY_JAVA_OPTS", "-Xmx2g", "DROMEDARY_TIER", "1", "DROMEDARY_LOG_LEVEL", "DEBUG", "DROMEDARY_URL",
                "http://127.0.0.1:8025", "DROMEDARY_API_KEY", "k")).problems()).isEmpty();
    }

    @Test
    void secretsComeFromVariablesAndFilesAndAreNeverShown() throws IOException {
        Files.writeString(directory.resolve("corp.password"), "from file\n");
        DromedaryConfig config = load("""
                http:
                  api-keys:
                    - {name: shop, key-env: SHOP_KEY}
                    - {name: crm, sha256: 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08}
                smtp:
                  users:
                    - {name: joe, password-env: JOE}
                pools:
                  - {id: corp, host: smtp.example.net, username: joe, password-file: corp.password}
                """, Map.of("SHOP_KEY", "correct-horse-battery-staple", "JOE", "test"));

        assertThat(config.pools().get("corp").password().reveal()).isEqualTo("from file");
        assertThat(config.http().apiKeys()).extracting(DromedaryConfig.ApiKey::name).containsExactly("shop", "crm");
        assertThat(config.http().apiKeys().get(1).sha256()).isEqualTo("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        assertThat(config.smtp().users().get(0).sha256()).isEqualTo(config.http().apiKeys().get(1).sha256());
        assertThat(config.toString()).doesNotContain("from file").doesNotContain("correct-horse");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http: {api-keys: [{name: a, key-env: NOT_SET}]}                                           | SECRET_UNAVAILABLE",
        "http: {api-keys: [{name: a, key-env: hunter2-secret!}]}                                   | BAD_VALUE",
        "http: {api-keys: [{name: a, key: hunter2-secret!}]}                                       | LITERAL_SECRET",
        "http: {api-keys: [{name: a}]}                                                             | MISSING_VALUE",
        "smtp: {users: [{name: a, password-file: hunter2-secret!}]}                                | SECRET_UNAVAILABLE",
        "database: {mode: external, url: 'jdbc:postgresql://db/x?password=hunter2-secret!'}        | LITERAL_SECRET",
        "database: {mode: external}                                                                | MISSING_VALUE",
        "management: {port: 8025}                                                                  | PORT_CLASH",
        "http: {bind: 0.0.0.0}                                                                     | OPEN_LISTENER",
        "smtp: {bind: 0.0.0.0}                                                                     | OPEN_LISTENER",
        "smtp: {bind: 0.0.0.0}                                                                     | TLS_OFF",
        "smtp: {require-tls: true}                                                                 | MISSING_VALUE",
        "smtp: {tls: {certificate: a.pem, key: b.pem}}                                             | MISSING_FILE",
        "broker: {core: {enabled: true}}                                                           | OPEN_LISTENER",
        "sandbox: {enabled: false}                                                                 | NO_POOLS",
        "pools: [{id: a, host: h.example, tls: none, username: u, password-file: pom}]             | AUTH_IN_CLEAR",
        "pools: [{id: a, host: h.example, limits: {gmial: {rate: 1/s}}}]                           | UNKNOWN_PROVIDER",
        "pools: [{host: h.example}]                                                                | MISSING_VALUE",
        "retry: {jitter: 1.5}                                                                      | OUT_OF_RANGE",
        "retry: {initial: 5}                                                                       | BAD_VALUE",
        "pools: {a: b}                                                                             | WRONG_TYPE",
        "http: [1]                                                                                 | WRONG_TYPE",
        "'http: {port: 1, port: 2}'                                                                | DUPLICATE_KEY"
    })
    void eachMistakeIsAnErrorOfItsOwnWithoutShowingSecrets(String yaml, ConfigCode code) {
        LintResult result = lint(yaml);

        assertThat(result.config()).isNull();
        assertThat(result.problems()).filteredOn(Problem::isError).extracting(Problem::code).contains(code);
        assertThat(result.problems()).extracting(Problem::toString).noneMatch(text -> text.contains("hunter2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "management: {bind: 0.0.0.0}                                                                           | OPEN_LISTENER",
        "pools: [{id: a, host: h.example, tls: none}]                                                          | TLS_OFF",
        "pools: [{id: a, host: h.example, port: 465}]                                                          | TLS_PORT",
        "{pools: [{id: a, host: h}, {id: b, host: h}], delivery-routes: [{id: r, pools: [a]}]}                 | UNUSED_POOL",
        "{pools: [{id: a, host: h}], delivery-routes: [{id: r, recipients: x.example, pools: [a]}]}            | NO_CATCH_ALL",
        "providers: {mine: {patterns: [gmail.com]}}                                                            | PATTERN_CLAIMED_TWICE",
        "pools: [{id: a, host: h, rate: 1/s, limits: {google: {rate: 2/s}}}]                                   | LIMIT_NEVER_BINDS",
        "pools: [{id: a, host: h, limits: {google: {max-connections: 51}}}]                                    | LIMIT_NEVER_BINDS",
        "broker: {url: 'tcp://b:1'}                                                                            | UNUSED_VALUE",
        "smtp: {max-size: 30MB}                                                                                | SIZE_ORDER"
    })
    void whatMayBeMeantIsAWarning(String yaml, ConfigCode code) {
        LintResult result = lint(yaml);

        assertThat(result.errors()).isZero();
        assertThat(result.config()).isNotNull();
        assertThat(result.problems()).extracting(Problem::code).containsExactly(code);
    }

    @Test
    void aRouteThatCanNeverMatchIsToldWithTheOneThatTakesItsMail() {
        String routes = POOL + """
                delivery-routes:
                  - {id: first, recipients: [a.example, "*"], pools: [corp], priority: %d}
                  - {id: second, recipients: A.example, pools: [corp]%s}
                """;

        assertThat(lint(routes.formatted(1, "")).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ConfigCode.SHADOWED_ROUTE);
            assertThat(problem.line()).isEqualTo(6);
            assertThat(problem.seen()).contains("first");
        });
        assertThat(lint(routes.formatted(0, "")).problems()).isEmpty();
        assertThat(lint(routes.formatted(1, ", streams: [news]")).problems()).isEmpty();
    }

    @Test
    void aBuiltInProviderIsChangedKeyByKeyAndOthersAreAdded() {
        Provider before = BuiltInProviders.load().get("google");
        Map<String, Provider> providers = load("""
                providers:
                  google: {rate: 100/min}
                  mine: {patterns: ["*.mine.example"], consumers: 3}
                  other: {rate: 5/s}
                """).providers();

        assertThat(providers.get("google")).isEqualTo(new Provider(
                "google", before.patterns(), before.mx(), new Rate(100, Duration.ofMinutes(1)), before.consumers(), before.maxConnections(), before.messagesPerConnection()));
        assertThat(providers.get("mine")).isEqualTo(new Provider("mine", List.of("*.mine.example"), List.of(), null, 3, null, null));
        assertThat(providers.get("other").rate()).isEqualTo(new Rate(5, Duration.ofSeconds(1)));
        assertThat(providers.keySet()).last().isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource({"100/min, 100, PT1M", "1/10s, 1, PT10S", "300/h, 300, PT1H", "5 / sec, 5, PT1S", "9/day, 9, P1D", "7/hour, 7, PT1H"})
    void ratesAreReadWithTheirUnits(String text, long permits, Duration period) {
        assertThat(RateText.parse(text)).isEqualTo(new Rate(permits, period));
        assertThat(RateText.parse(RateText.print(RateText.parse(text)))).isEqualTo(new Rate(permits, period));
    }
}
