package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.FreePort;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Secret;
import dev.dromedary.store.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole program against a broker and a database that are not its own, and what it does while either is away. */
class ExternalModeIT {
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("database.away.seconds", 15));
    private static final Logger LOG = LoggerFactory.getLogger(ExternalModeIT.class);
    private static final int LANES = 5;
    private static final int CONSUMERS = 20;

    @TempDir
    static Path folder;

    private static OutsideBroker broker;
    private static EmbeddedDatabase database;
    private static DromedaryConfig.Database databaseConfig;
    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        broker = OutsideBroker.start(folder.resolve("broker"));
        databaseConfig = new DromedaryConfig.Database(DromedaryConfig.Mode.EMBEDDED, null, null, Secret.NONE, FreePort.next(), 20);
        database = EmbeddedDatabase.start(databaseConfig, folder.resolve("database"));
        program = TestProgram.start(folder, TestProgram.ONE_POOL + """
                broker: {mode: external, url: "%s", user: %s, password-env: BROKER_PASSWORD}
                database: {mode: external, url: "%s", user: dromedary, password-env: DATABASE_PASSWORD}
                """.formatted(broker.url(), OutsideBroker.USER, database.url()),
                Map.of("BROKER_PASSWORD", OutsideBroker.PASSWORD, "DATABASE_PASSWORD", Files.readString(folder.resolve("database/postgres/password")).strip()),
                Duration.ofMillis(300));
    }

    @AfterAll
    static void stop() throws Exception {
        program.close();
        database.close();
        broker.close();
    }

    @Test
    void aMessageGoesInByHttpAndOutBySmtp() throws Exception {
        assertThat(program.eventually(program.submit("external@gmail.com"), "delivered").get("code").asInt()).isEqualTo(250);
        assertThat(program.arrivals()).containsEntry("external@gmail.com", 1);
        assertThat(program.data().resolve("broker")).doesNotExist();
        assertThat(program.data().resolve("postgres")).doesNotExist();
    }

    @Test
    void nothingAcceptedIsLostWhereTheBrokerIsKilledUnderLoad() throws Exception {
        SteadyLoad load = new SteadyLoad(4, 100_000, to -> program.call("POST", "/v1/messages", TestProgram.json(to)).statusCode() == 202);
        try (load) {
            await().atMost(TestProgram.PATIENCE).until(() -> load.accepted().size() > 300);
            broker.kill();
            int before = load.accepted().size();
            await().atMost(TestProgram.PATIENCE).until(() -> load.refused() > 0);
            broker.startAgain();
            await().atMost(Duration.ofSeconds(90)).until(() -> load.accepted().size() > before + 200);
        }
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(load.missing(program.arrivals())).isEmpty());
        int duplicates = load.duplicates(program.arrivals());
        LOG.warn("broker killed under load: {} accepted, 0 lost, {} duplicates, {} told to try again", load.accepted().size(), duplicates, load.refused());
        assertThat(duplicates).as("at most what was in flight").isLessThanOrEqualTo(LANES * CONSUMERS);
    }

    /** Events wait in the broker meanwhile. */
    @Test
    void aDatabaseThatIsAwayStopsNeitherAcceptingNorDelivering() throws Exception {
        program.eventually(program.submit("before-outage@gmail.com"), "delivered");
        database.close();
        long start = System.nanoTime();
        SteadyLoad load = new SteadyLoad(2, 100_000, to -> program.call("POST", "/v1/messages", TestProgram.json("outage-" + to)).statusCode() == 202);
        try (load) {
            await().atMost(AWAY.plusSeconds(30)).until(() -> System.nanoTime() - start > AWAY.toNanos());
        }
        List<String> accepted = load.accepted().stream().map(to -> "outage-" + to).toList();
        assertThat(accepted).hasSizeGreaterThan(200);
        assertThat(load.refused()).isZero();
        program.awaitArrivals(accepted);
        database = EmbeddedDatabase.start(databaseConfig, folder.resolve("database"));
        await().atMost(Duration.ofSeconds(90)).ignoreExceptions()
                .until(() -> program.count("select count(distinct message_id) from event where kind = 'delivered' and recipient like 'outage-%'") == accepted.size());
        assertThat(program.arrivals()).allSatisfy((to, times) -> assertThat(to.startsWith("outage-") ? times : 1).as(to).isEqualTo(1));
        LOG.warn("database away for {} s: {} accepted, 0 refused, 0 lost, 0 duplicates", AWAY.toSeconds(), accepted.size());
    }
}
