package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dromedary.FreePort;
import dev.dromedary.alert.AlertDesk;
import dev.dromedary.alert.BuiltInRules;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Silence;
import dev.dromedary.config.AlertSettings;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.config.AlertTargets.Webhook;
import dev.dromedary.config.Secret;
import dev.dromedary.hold.HoldStore;
import dev.dromedary.hold.Holds;
import dev.dromedary.store.AlertReadings;
import dev.dromedary.store.AlertStore;
import dev.dromedary.store.ReactionStore;
import dev.dromedary.store.TestDatabase;
import dev.dromedary.store.WarningStore;
import dev.dromedary.warning.Warning;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database goes and comes back under a keeper of alerts; webhooks are told over real HTTP. */
class OutageNoticesIT {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final AtomicBoolean gone = new AtomicBoolean();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private HikariDataSource nowhere;
    private HookServer server;
    private AlertKeeper keeper;

    @BeforeEach
    void start() throws Exception {
        TestDatabase.empty();
        nowhere = nowhere();
        server = new HookServer();
        keeper = keeper();
        keeper.look();
    }

    @AfterEach
    void stop() {
        server.close();
        nowhere.close();
    }

    @Test
    void eachHookIsToldOnceThatItIsAwayAndOnceThatItIsBack() throws Exception {
        gone.set(true);
        look(0);
        look(59);
        assertThat(server.posted()).as("not of a short one").isEmpty();
        look(60);
        awaitCount("sent", 2);
        look(65);
        look(3_600);
        assertThat(server.posted()).hasSize(2).extracting(HookServer.Posted::path).containsExactlyInAnyOrder("/a", "/b");
        JsonNode away = new ObjectMapper().readTree(server.posted().get(0).body());
        assertThat(away.path("type").asText()).isEqualTo("alert.opened");
        assertThat(away.at("/data/rule").asText()).isEqualTo("database-away");
        assertThat(away.at("/data/subject").asText()).isEqualTo("n7");
        assertThat(away.at("/data/since").asText()).isEqualTo(NOW.toString());
        assertThat(server.posted()).allSatisfy(one -> assertThat(one.header("webhook-signature")).startsWith("v1,"));

        gone.set(false);
        look(3_605);
        awaitCount("sent", 4);
        look(3_610);
        assertThat(server.posted()).hasSize(4);
        JsonNode back = new ObjectMapper().readTree(server.posted().get(3).body());
        assertThat(back.path("type").asText()).isEqualTo("alert.resolved");
        assertThat(back.at("/data/id")).isIn(away.at("/data/id"), new ObjectMapper().readTree(server.posted().get(1).body()).at("/data/id"));
        assertThat(server.posted()).extracting(one -> one.header("webhook-id")).doesNotHaveDuplicates();
    }

    @Test
    void aHookThatDoesNotTakeItIsAskedAgainUnderTheSameIdUntilItIsOver() {
        server.answer("/a", 500, "");
        gone.set(true);
        look(0);
        look(60);
        awaitCount("retried", 1);
        look(65);
        assertThat(posted("/a")).as("not before it is due").hasSize(1);
        look(75);
        awaitCount("retried", 2);
        assertThat(posted("/a")).hasSize(2).extracting(one -> one.header("webhook-id")).containsOnly(posted("/a").get(0).header("webhook-id"));
        gone.set(false);
        server.answer("/a", 200, "");
        look(80);
        awaitCount("sent", 3);
        assertThat(posted("/a").get(2).body()).contains("alert.resolved");
    }

    @Test
    void underASilenceNobodyIsTold() throws SQLException {
        new AlertStore(TestDatabase.dataSource()).silence(new Silence("s", OutageNotices.RULE, null, NOW, NOW.plusSeconds(1_800), "ann", "the database moves", null), "key");
        look(0);
        gone.set(true);
        look(1);
        look(1_000);
        assertThat(server.posted()).isEmpty();
        look(1_800);
        awaitCount("sent", 2);
    }

    private List<HookServer.Posted> posted(String path) {
        return server.posted().stream().filter(one -> one.path().equals(path)).toList();
    }

    private void look(int seconds) {
        clock.set(NOW.plusSeconds(seconds));
        keeper.look();
    }

    private void awaitCount(String outcome, int number) {
        await().atMost(TestProgram.PATIENCE).until(() -> registry.get("dromedary.alerts.notices").tag("target", "webhook").tag("outcome", outcome).counter().count() == number);
    }

    private AlertKeeper keeper() {
        var targets = new AlertTargets(List.of(hook("a"), hook("b")), AlertTargets.NONE.mail());
        var settings = new AlertSettings(true, Duration.ofHours(4), BuiltInRules.all(), true, Duration.ofDays(14), Duration.ofDays(3), Duration.ofMinutes(5), Duration.ofMinutes(15), targets);
        DataSource source = source();
        var warnings = new WarningStore(source, new Warning.Steps(List.of(0.5), Duration.ofMinutes(10), Duration.ofMinutes(15), Duration.ofMinutes(15)));
        var readings = new AlertReadings(source, "alerts");
        var outage = new OutageNotices(targets, new AlertWebhook(clock::get), new NoticeWaits(new Random(5)), new NoticeCounts(registry), "n7", clock::get);
        return new AlertKeeper(settings, new AlertStore(source), readings, new AlertSources(settings, warnings, readings, at -> List.of(),
                new HaltedProviders(new ReactionStore(source), Set.of("bulk", "vip"), settings.halted()), new PausedByItself(new HoldStore(source, new Holds(java.time.InstantSource.system()), java.time.InstantSource.system()))), (connection, looked) -> { },
                new AlertDesk(settings.remindEvery(), () -> "a"), outage, registry, clock::get);
    }

    private Webhook hook(String name) {
        return new Webhook(name, server.url("/" + name), List.of(new Secret("a-secret-of-24-characters")), Severity.CRITICAL, TestProgram.PATIENCE);
    }

    /** The real one, or a port at which nobody listens. */
    private DataSource source() {
        return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> connection());
    }

    private Connection connection() throws SQLException {
        return gone.get() ? nowhere.getConnection() : TestDatabase.dataSource().getConnection();
    }

    private static HikariDataSource nowhere() throws IOException {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/none");
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(250);
        return new HikariDataSource(config);
    }
}
