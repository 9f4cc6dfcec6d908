package dev.dromedary.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.Lasting;
import dev.dromedary.config.DromedaryConfig.Repeat;
import dev.dromedary.config.DromedaryConfig.Scope;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.store.EmbeddedDatabase;
import dev.dromedary.store.Sql;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.TestDatabase;
import dev.dromedary.suppression.Suppression.Origin;
import dev.dromedary.suppression.SuppressionNotice.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionStoreIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;
    private final SuppressionStore store = new SuppressionStore(TestDatabase.dataSource(), clock);
    private final SuppressionPolicy policy = new SuppressionPolicy(new DromedaryConfig.Suppression(new Lasting(Duration.ofDays(180), Scope.ALL), new Lasting(null, Scope.STREAM),
            new Lasting(Duration.ofDays(30), Scope.ALL), Map.of("mailboxfull", new Repeat(3, Duration.ofDays(7)))));
    private final SuppressionSink sink = new SuppressionSink(store, policy, TestDatabase.dataSource(), clock);

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void suppressesForOneStreamOrAllUntilItsEnd() throws SQLException {
        store.put(List.of(entry("Gone@Example.org", null, null), entry("pause@example.org", "marketing", NOON.plusSeconds(60))));
        assertThat(store.contains("gone@example.ORG", "any")).isTrue();
        assertThat(store.contains("pause@example.org", "marketing")).isTrue();
        assertThat(store.contains("pause@example.org", "transactional")).isFalse();
        assertThat(store.list(SuppressionFilter.ANY, 10, 0)).extracting(Suppression::address).containsExactly("gone@example.org", "pause@example.org");
        now.set(NOON.plusSeconds(60));
        assertThat(store.contains("pause@example.org", "marketing")).isFalse();
        assertThat(store.list(SuppressionFilter.ANY, 10, 0)).extracting(Suppression::address).as("what is over is not listed").containsExactly("gone@example.org");
        assertThat(store.purge()).isEqualTo(1);
        assertThat(store.remove("gone@example.org", null)).isTrue();
        assertThat(store.contains("gone@example.org", "any")).isFalse();
        assertThat(store.remove("gone@example.org", null)).isFalse();
    }

    @Test
    void whatCannotBeAuditedIsNotDone() throws SQLException {
        var unwritable = new AuditLog.Entry(NOON, "ops", "suppression.add", "a@b.example", "a\0b", null);
        assertThatThrownBy(() -> store.put(entry("a@b.example", null, null), unwritable)).isInstanceOf(SQLException.class);
        assertThat(store.contains("a@b.example", "s")).isFalse();
        assertThat(store.count(SuppressionFilter.ANY)).isZero();
        store.put(List.of(entry("a@b.example", null, null)));
        var ofIt = new SuppressionFilter("a@b.example", null, null, null, null, null);
        assertThatThrownBy(() -> store.remove(ofIt, unwritable)).isInstanceOf(SQLException.class);
        assertThat(store.contains("a@b.example", "s")).isTrue();
        assertThat(store.count(SuppressionFilter.ANY)).isOne();
        assertThat(new AuditLog(TestDatabase.dataSource()).list(10, 0)).isEmpty();
    }

    @Test
    void listsCountsAndRemovesByFilter() throws SQLException {
        store.put(List.of(new Suppression("a@one.example", null, "userunknown", "550", Origin.REFUSAL, NOON, null),
                new Suppression("b@one.example", "news", "complaint", "", Origin.COMPLAINT, NOON.plusSeconds(1), null), entry("c@two.example", null, null),
                entry("c@notone.example", null, null)));
        assertThat(store.list(new SuppressionFilter(null, "one.example", null, null, null, null), 10, 0)).extracting(Suppression::address)
                .containsExactly("a@one.example", "b@one.example");
        assertThat(store.count(new SuppressionFilter(null, null, "news", null, null, null))).isEqualTo(1);
        assertThat(store.count(new SuppressionFilter("A@one.example", null, "", "userunknown", "refusal", NOON))).isEqualTo(1);
        assertThat(store.remove(new SuppressionFilter(null, null, null, null, null, NOON.plusSeconds(1)))).isEqualTo(1);
        assertThat(store.contains("b@one.example", "news")).isFalse();
        assertThat(store.contains("a@one.example", "news")).isTrue();
    }

    @Test
    void exportsEveryEntryInOrder() throws SQLException {
        var entries = new ArrayList<Suppression>();
        for (int i = 0; i < 300; i++) {
            entries.add(entry("u%03d@example.org".formatted(299 - i), i % 2 == 0 ? null : "news", null));
        }
        store.put(entries);
        var exported = new ArrayList<Suppression>();
        assertThat(store.export(SuppressionFilter.ANY, exported::add)).isEqualTo(300);
        assertThat(exported).containsExactlyInAnyOrderElementsOf(entries);
        assertThat(exported).extracting(Suppression::address).isSorted();
    }

    @Test
    void anotherNodeLearnsOfAdditionsChangesAndRemovals() throws SQLException {
        store.put(List.of(entry("a@example.org", null, null), entry("b@example.org", null, null)));
        var other = new SuppressionStore(TestDatabase.dataSource(), clock);
        assertThat(other.refresh()).isEqualTo(2);
        store.remove("a@example.org", null);
        store.put(List.of(entry("b@example.org", null, NOON.plusSeconds(5)), entry("c@example.org", "news", null)));
        assertThat(other.refresh()).isEqualTo(2);
        assertThat(other.contains("a@example.org", "x")).isFalse();
        assertThat(other.contains("c@example.org", "news")).isTrue();
        now.set(NOON.plusSeconds(6));
        assertThat(other.contains("b@example.org", "x")).isFalse();
        store.put(List.of(entry("a@example.org", null, null)));
        other.refresh();
        assertThat(other.contains("a@example.org", "x")).as("removed, and added again").isTrue();
    }

    @Test
    void aChangeWhoseCommitCameLateIsNotPassedOver() throws SQLException {
        var other = new SuppressionStore(TestDatabase.dataSource(), clock);
        try (Connection late = TestDatabase.dataSource().getConnection()) {
            late.setAutoCommit(false);
            Sql.update(late, "insert into suppression (address, reason, since) values ('late@example.org', 'manual', now())");
            store.put(List.of(entry("early@example.org", null, null)));
            other.refresh();
            other.refresh();
            assertThat(other.contains("late@example.org", "x")).isFalse();
            late.commit();
        }
        other.refresh();
        assertThat(other.contains("late@example.org", "x")).isTrue();
        Sql.update(TestDatabase.dataSource(), "delete from suppression where address = 'late@example.org'");
        other.refresh();
        assertThat(other.contains("late@example.org", "x")).as("removed by hand").isFalse();
    }

    @Test
    void aRefusalNeverCutsShortWhatStands() throws SQLException {
        store.put(List.of(entry("ann@example.org", null, null)));
        sink.write(List.of(notice(Kind.PERMANENT, "ann@example.org", "userunknown", "m1", NOON)));
        assertThat(store.list(SuppressionFilter.ANY, 10, 0)).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo("manual");
            assertThat(kept.expires()).isNull();
        });
        now.set(NOON.plus(Duration.ofDays(200)));
        assertThat(store.contains("ann@example.org", "x")).isTrue();
    }

    @Test
    void aFullMailboxSuppressesWithTheThirdMessageAndNotWithTheThirdAttempt() throws SQLException {
        sink.write(List.of(full("m1", 0), full("m1", 60), full("m1", 120), full("m2", 180)));
        sink.write(List.of(full("m2", 180)));
        assertThat(store.contains("full@example.org", "x")).isFalse();
        sink.write(List.of(full("m3", 240)));
        assertThat(store.contains("full@example.org", "x")).isTrue();
        assertThat(store.list(SuppressionFilter.ANY, 10, 0)).singleElement().satisfies(entry -> {
            assertThat(entry.reason()).isEqualTo("mailboxfull");
            assertThat(entry.expires()).isEqualTo(NOON.plusSeconds(240).plus(Duration.ofDays(30)));
        });
        sink.write(List.of(full("m3", 240)));
        assertThat(store.count(SuppressionFilter.ANY)).isEqualTo(1);
    }

    @Test
    void aDeliveryForgetsTheStrikesBeforeIt() throws SQLException {
        sink.write(List.of(full("m1", 0), full("m2", 60)));
        sink.delivered(List.of(delivered("Full@example.org", 90)));
        sink.write(List.of(full("m3", 120), full("m4", 180)));
        assertThat(store.contains("full@example.org", "x")).isFalse();
        sink.delivered(List.of(delivered("full@example.org", 90)));
        sink.write(List.of(full("m5", 240)));
        assertThat(store.contains("full@example.org", "x")).as("a delivery before them forgets none").isTrue();
    }

    @Test
    void strikesOutsideTheWindowDoNotCount() throws SQLException {
        int eightDays = 8 * 86_400;
        sink.write(List.of(full("m1", 0), full("m2", 60)));
        sink.write(List.of(full("m3", eightDays)));
        assertThat(store.contains("full@example.org", "x")).isFalse();
        now.set(NOON.plusSeconds(eightDays));
        assertThat(sink.purge()).isEqualTo(2);
    }

    @Test
    void removingAnAddressForgetsItsStrikes() throws SQLException {
        sink.write(List.of(full("m1", 0), full("m2", 1), full("m3", 2)));
        store.remove("full@example.org", null);
        sink.write(List.of(full("m4", 3)));
        assertThat(store.contains("full@example.org", "x")).isFalse();
    }

    @Test
    void answersFromMemoryWhileTheDatabaseIsAway(@TempDir Path data) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(TestDatabase.config(4), data);
        var node = new SuppressionStore(database.dataSource(), clock);
        try (database) {
            new SuppressionStore(database.dataSource(), clock).put(List.of(entry("gone@example.org", null, null)));
            assertThat(node.contains("gone@example.org", "any")).isFalse();
            assertThat(node.refresh()).isEqualTo(1);
        }
        assertThatThrownBy(node::refresh).isInstanceOf(SQLException.class);
        assertThat(node.contains("gone@example.org", "any")).isTrue();
    }

    private static Suppression entry(String address, @Nullable String stream, @Nullable Instant expires) {
        return new Suppression(address, stream, "manual", "", Origin.MANUAL, NOON, expires);
    }

    private static SuppressionNotice full(String message, int seconds) {
        return notice(Kind.STRIKE, "full@example.org", "mailboxfull", message, NOON.plusSeconds(seconds));
    }

    private static SuppressionNotice notice(Kind kind, String address, String reason, String message, Instant at) {
        return new SuppressionNotice(kind, address, null, reason, "said so", message, at);
    }

    private static DeliveryEvent delivered(String to, int seconds) {
        var envelope = new Envelope("m", "m", null, EmailAddress.parse(to), "other", "x", null, List.of(), 100, 5, NOON, 1, 10);
        return DeliveryEvent.notSent(envelope, EventKind.DELIVERED, NOON.plusSeconds(seconds), "", "n");
    }
}
