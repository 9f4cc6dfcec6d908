package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.pool.Ejections;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Grievance;
import dev.dromedary.reputation.ReputationBook;
import dev.dromedary.reputation.Signal;
import dev.dromedary.store.ReputationStore;
import dev.dromedary.store.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, their timers run by hand. */
class ReputationSyncIT {
    private static final DromedaryConfig CONFIG = new ConfigLoader(BuiltInProviders.load()).load(Path.of("no such folder"), Path.of("data"), Map.of());

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final AtomicBoolean away = new AtomicBoolean();

    private final class Node {
        final ReputationBook book = new ReputationBook(CONFIG.brain().reputation(), () -> now);
        final Ejections ejections = new Ejections(CONFIG, Ceilings.NONE, () -> now);
        final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        final ReputationSync sync;

        Node(String name) {
            var store = new ReputationStore(sometimesAway(TestDatabase.dataSource()), name, CONFIG.brain().reputation());
            sync = new ReputationSync(book, ejections, store, CONFIG.brain().reputation().subjects(), () -> now, registry);
            sync.sync();
        }

        void learn(Signal signal, int times) {
            for (int i = 0; i < times; i++) {
                var evidence = new Evidence("sandbox-a", "google", "shop.example", "news", null, signal, Duration.ZERO);
                book.learn(evidence);
                ejections.learn(evidence);
            }
        }

        double blocked() {
            return book.of("sandbox-a", "google").part(Grievance.BLOCK).bad();
        }
    }

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void whatOneNodeHearsTheOtherKnowsAndNothingIsCountedTwice() {
        Node one = new Node("one");
        Node two = new Node("two");
        one.learn(Signal.BLOCKED, 100);
        two.learn(Signal.BLOCKED, 50);
        for (int i = 0; i < 3; i++) {
            one.sync.sync();
            two.sync.sync();
        }
        one.sync.sync();
        assertThat(one.blocked()).isCloseTo(150, within(0.01));
        assertThat(two.blocked()).isCloseTo(150, within(0.01));
        assertThat(two.book.of("sandbox-a", "google").score()).isZero();
    }

    @Test
    void aRestartLosesNothingButTheTimeBetween() {
        Node before = new Node("one");
        before.learn(Signal.BLOCKED, 100);
        before.sync.sync();
        now = now.plus(Duration.ofHours(6));
        Node after = new Node("one");
        assertThat(after.blocked()).isCloseTo(50, within(0.01));
        after.learn(Signal.BLOCKED, 10);
        after.sync.sync();
        assertThat(new Node("one").blocked()).isCloseTo(60, within(0.01));
        assertThat(new Node("two").blocked()).as("the first node is gone, what it heard is not").isCloseTo(60, within(0.01));
    }

    @Test
    void whileTheDatabaseIsAwayEachGoesOnAndNothingIsLostAfterwards() {
        away.set(true);
        Node one = new Node("one");
        one.learn(Signal.BLOCKED, 100);
        one.sync.sync();
        assertThat(one.blocked()).isCloseTo(100, within(0.01));
        away.set(false);
        one.sync.sync();
        assertThat(new Node("two").blocked()).isCloseTo(100, within(0.01));
    }

    @Test
    void scoresAndEjectionsAreMetrics() {
        Node one = new Node("one");
        one.learn(Signal.BLOCKED, 100);
        one.sync.sync();
        assertThat(one.registry.get("dromedary.reputation.score").tags("pool", "sandbox-a", "provider", "google").gauge().value()).isZero();
        assertThat(one.registry.get("dromedary.ejections.active").tags("pool", "sandbox-a", "provider", "google").gauge().value()).isEqualTo(1);
        assertThat(one.registry.get("dromedary.ejections").tags("pool", "sandbox-a", "provider", "google").counter().count()).isEqualTo(1);
    }

    private DataSource sometimesAway(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
            if (away.get()) {
                throw new SQLException("away");
            }
            return method.invoke(real, arguments);
        });
    }
}
