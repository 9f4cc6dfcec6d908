package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import dev.dromedary.store.TestDatabase;
import dev.dromedary.store.WarmUpStore;
import dev.dromedary.warmup.WarmUps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that warm one pool up together, on a clock of the test's own, with a database that goes away. */
class WarmUpSyncIT {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T00:00:05Z");
    private DromedaryConfig config;
    private boolean away;
    private Node one;
    private Node two;

    private record Node(WarmUps warmUps, WarmUpSync sync) {
        /** Sends until the warm-up stops it, at most so many. */
        int send(int most) {
            int sent = 0;
            while (sent < most && warmUps.of("fresh", "google").halt() == null) {
                warmUps.learn(new Evidence("fresh", "google", null, "s", null, Signal.ACCEPTED, Duration.ofMillis(5)));
                sent++;
            }
            return sent;
        }
    }

    @BeforeEach
    void start() throws Exception {
        TestDatabase.empty();
        Files.writeString(folder.resolve("dromedary.yaml"), """
                warm-up: {stages: [200, 500], pools: {fresh: {from: 2026-03-01, providers: [google]}}}
                pools: [{id: fresh, host: 127.0.0.1, port: 2526, tls: none}]
                """);
        config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        one = node("one");
        two = node("two");
        one.sync().sync();
    }

    @Test
    void twoNodesShareTheDayAndOneOfThemJudgesItForBoth() {
        int sent = 0;
        for (int round = 0; round < 30; round++) {
            sent += one.send(40) + two.send(5);
            one.sync().sync();
            two.sync().sync();
        }
        // More by what the other sent since one last heard of it, which is five at a time here.
        assertThat(sent).isBetween(200, 205);
        now = Instant.parse("2026-03-02T00:00:20Z");
        one.warmUps().beat();
        one.sync().sync();
        two.sync().sync();
        assertThat(stage(one)).isEqualTo(2);
        assertThat(stage(two)).isEqualTo(2);
        assertThat(two.send(1_000) + one.send(1_000)).isEqualTo(500);
    }

    @Test
    void whileTheDatabaseIsAwayEachNodeSendsItsShareAndWritesItAfterwards() {
        one.send(1);
        one.sync().sync();
        two.sync().sync();
        away = true;
        int sent = 1;
        for (int round = 0; round < 10; round++) {
            sent += one.send(100) + two.send(100);
            one.sync().sync();
            two.sync().sync();
            one.warmUps().beat();
            two.warmUps().beat();
        }
        assertThat(sent).isBetween(199, 201);
        away = false;
        one.sync().sync();
        two.sync().sync();
        one.sync().sync();
        assertThat(one.warmUps().views().get(0).today().sent()).isEqualTo(sent);
        Node again = node("one");
        again.sync().sync();
        assertThat(again.warmUps().views().get(0).today().sent()).isEqualTo(sent);
    }

    private static int stage(Node node) {
        return Objects.requireNonNull(node.warmUps().find("fresh", "google")).stage();
    }

    private Node node(String name) {
        var warmUps = new WarmUps(config, () -> now);
        var sync = new WarmUpSync(warmUps, new WarmUpStore(database(), name), reader -> { }, () -> now, new SimpleMeterRegistry());
        sync.sync();
        warmUps.of("fresh", "google");
        return new Node(warmUps, sync);
    }

    /** The real one, while it is not away. */
    private DataSource database() {
        return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
            if (away) {
                throw new SQLException("the database is away");
            }
            try {
                return method.invoke(TestDatabase.dataSource(), arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
