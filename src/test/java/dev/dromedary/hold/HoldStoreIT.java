package dev.dromedary.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.store.AuditLog;
import dev.dromedary.store.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldStoreIT {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final HoldStore store = node();
    private final AuditLog audit = new AuditLog(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void aHoldIsKnownAtOnceHereAndAfterARefreshElsewhere() throws SQLException {
        HoldStore other = node();
        Hold placed = place("a", Duration.ofHours(1), "too many complaints");
        assertThat(store.holds().of(Hold.Kind.POOL, "a")).isEqualTo(placed);
        assertThat(other.holds().of(Hold.Kind.POOL, "a")).isNull();
        other.refresh();
        assertThat(other.holds().of(Hold.Kind.POOL, "a")).isEqualTo(placed);
        assertThat(placed.text()).contains("pool a").contains("2026-03-01T13:00:00Z").contains("ops").contains("too many complaints");
    }

    @Test
    void holdingWhatIsHeldReplacesReasonAndEnd() throws SQLException {
        Hold first = place("a", Duration.ofHours(1), "one");
        now = now.plusSeconds(60);
        Hold second = place("a", Duration.ofHours(2), "two");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.since()).isEqualTo(first.since());
        assertThat(second.expires()).isEqualTo(now.plus(Duration.ofHours(2)));
        assertThat(store.holds().all()).containsExactly(second);
    }

    @Test
    void liftingIsDoneOnce() throws SQLException {
        Hold hold = place("a", Duration.ofHours(1), "one");
        assertThat(store.lift(hold.id(), "ops", "mended")).contains(hold);
        assertThat(store.holds().all()).isEmpty();
        assertThat(store.lift(hold.id(), "ops", "mended")).isEmpty();
        assertThat(store.lift(-1, "ops", "mended")).isEmpty();
    }

    @Test
    void everythingIsInTheAuditLogAndAnExpiryOnlyOnceWhateverTheNumberOfNodes() throws Exception {
        Hold lifted = place("a", Duration.ofHours(1), "one");
        store.lift(lifted.id(), "ops", "mended");
        place("b", Duration.ofHours(1), "two");
        now = now.plus(Duration.ofHours(1));
        var nodes = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 4; i++) {
            HoldStore node = node();
            nodes.add(() -> {
                node.refresh();
                return node.holds().all().isEmpty();
            });
        }
        var threads = Executors.newFixedThreadPool(4);
        for (var result : threads.invokeAll(nodes)) {
            assertThat(result.get()).isTrue();
        }
        threads.shutdown();
        assertThat(audit.list(10, 0)).extracting(AuditLog.Entry::action).containsExactly("hold.expired", "hold.pause", "hold.resume", "hold.pause");
        assertThat(audit.list(1, 0).get(0).by()).isEqualTo("dromedary");
        assertThat(audit.list(1, 2).get(0)).satisfies(entry -> {
            assertThat(entry.subject()).isEqualTo("pool:a");
            assertThat(entry.reason()).isEqualTo("mended");
        });
    }

    @Test
    void whatExpiredCanBeHeldAnewBeforeAnyNodeHasLooked() throws SQLException {
        Hold first = place("a", Duration.ofSeconds(1), "one");
        now = now.plusSeconds(5);
        Hold second = place("a", Duration.ofHours(1), "two");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.since()).isEqualTo(now);
    }

    @Test
    void whatIsLongOverIsForgottenAndWhatHoldsIsNot() throws SQLException {
        Hold lifted = place("a", Duration.ofHours(1), "one");
        store.lift(lifted.id(), "ops", "mended");
        place("b", Duration.ofHours(1), "two");
        Hold held = place("c", Duration.ofDays(500), "three");
        now = now.plus(Duration.ofDays(1));
        store.refresh();
        assertThat(store.purge(now.minus(Duration.ofHours(23)))).as("a ended at noon, b an hour later").isEqualTo(1);
        now = now.plus(Duration.ofDays(400));
        assertThat(store.purge(now.minus(Duration.ofDays(400)))).isEqualTo(1);
        store.refresh();
        assertThat(store.holds().all()).containsExactly(held);
        assertThat(audit.list(10, 0)).hasSize(5);
        assertThat(audit.purge(Instant.parse("2026-03-01T12:00:00Z").plusSeconds(1))).isEqualTo(4);
        assertThat(audit.list(10, 0)).extracting(AuditLog.Entry::action).containsExactly("hold.expired");
    }

    private Hold place(String pool, Duration length, String reason) throws SQLException {
        return store.place(new HoldStore.Request(Hold.Kind.POOL, pool, Hold.Mode.PAUSE, reason, "ops", length));
    }

    private HoldStore node() {
        return new HoldStore(TestDatabase.dataSource(), new Holds(() -> now), () -> now);
    }
}
