package dev.dromedary.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.cancel.Cancellation.Scope;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.retry.DeferredMessage;
import dev.dromedary.retry.DeferredStore;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.Sql;
import dev.dromedary.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancellationStoreIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(1);
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;
    private final List<DeliveryEvent> events = new ArrayList<>();
    private final CancellationStore store = new CancellationStore(TestDatabase.dataSource(), events::addAll, Duration.ofDays(8), "node", clock);
    private final DeferredStore deferred = new DeferredStore(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void takesAWholeCampaignAwayWithAnEventEach() throws SQLException {
        deferred.insert(IntStream.range(0, 1_200).mapToObj(i -> waiting("m%04d".formatted(i), i % 3 == 0 ? "autumn" : "spring", NOON)).toList());
        Cancellation order = store.order(campaign("spring"), "wrong price", "ops").order();
        assertThat(new AuditLog(TestDatabase.dataSource()).list(10, 0)).as("in the transaction of the order").singleElement().isEqualTo(new AuditLog.Entry(NOON, "ops", "cancel", "campaign spring", "wrong price", null));
        assertThat(store.sweep(order, LONG)).isEqualTo(800);
        assertThat(events).hasSize(800).allSatisfy(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.CANCELLED);
            assertThat(event.campaign()).isEqualTo("spring");
            assertThat(event.detail()).isEqualTo("cancelled (" + order.id() + "): wrong price");
            assertThat(event.attempt()).isEqualTo(2);
        });
        assertThat(count()).isEqualTo(400);
        assertThat(store.sweep(order, LONG)).isZero();
    }

    @Test
    void findsEachByWhatIsAskedFor() throws SQLException {
        deferred.insert(List.of(waiting("s1.1", "spring", NOON), waiting("s1.2", "spring", NOON), waiting("s2", "autumn", NOON)));
        assertThat(sweep(Scope.ofMessage("s1.2"))).isEqualTo(1);
        assertThat(sweep(Scope.ofMessage("s1"))).isEqualTo(1);
        assertThat(sweep(new Scope(null, "google", "news", "autumn", "gmail.com", "b", "example.com"))).isZero();
        assertThat(sweep(new Scope(null, "google", "news", "autumn", "gmail.com", "a", "ample.com"))).isZero();
        assertThat(sweep(new Scope(null, "google", "news", "autumn", "gmail.com", "a", "example.com"))).isEqualTo(1);
    }

    @Test
    void leavesWhatIsAcceptedLater() throws SQLException {
        deferred.insert(List.of(waiting("before", "spring", NOON), waiting("after", "spring", NOON.plusMillis(1))));
        Cancellation order = store.order(campaign("spring"), "r", "ops").order();
        assertThat(store.sweep(order, LONG)).isEqualTo(1);
        assertThat(store.standing().stopping(envelope("x", "spring", NOON))).contains(order);
        assertThat(store.standing().stopping(envelope("x", "spring", NOON.plusMillis(1)))).isEmpty();
        assertThat(store.standing().stopping(envelope("x", "autumn", NOON))).isEmpty();
    }

    @Test
    void aMessageThatIsDueLaterWasAcceptedBeforeAllTheSame() throws SQLException {
        Envelope due = scheduled("due", NOON, NOON.plusSeconds(3600));
        Envelope later = scheduled("later", NOON.plusSeconds(1), NOON.plusSeconds(3600));
        Cancellation order = store.order(campaign("spring"), "r", "ops").order();
        assertThat(store.standing().stopping(due)).contains(order);
        assertThat(store.standing().stopping(later)).isEmpty();
        deferred.insert(List.of(waits(due), waits(later)));
        assertThat(store.sweep(order, LONG)).isEqualTo(1);
        assertThat(deferred.get("later")).get().extracting(message -> message.envelope().submitted()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void whereTheEventsCannotBePutDownTheMessagesStayAndTheOrderStands() throws SQLException {
        var broken = new CancellationStore(TestDatabase.dataSource(), batch -> {
            throw new IllegalStateException("broker away");
        }, Duration.ofDays(8), "node", clock);
        deferred.insert(List.of(waiting("m", "spring", NOON)));
        Cancellation order = broken.order(campaign("spring"), "r", "ops").order();
        assertThatThrownBy(() -> broken.sweep(order, LONG)).isInstanceOf(IllegalStateException.class);
        assertThat(count()).isEqualTo(1);
        assertThat(broken.standing().stopping(envelope("m", "spring", NOON))).isPresent();
        assertThat(store.sweepOn(LONG)).as("still its caller's").isZero();
        now.set(NOON.plusSeconds(30));
        assertThat(store.sweepOn(LONG)).as("goes on with what was left").isEqualTo(1);
        assertThat(count()).isZero();
    }

    @Test
    void anotherNodeLearnsOfOrdersAndForgetsThemWhenTheyAreOver() throws SQLException {
        store.order(campaign("spring"), "r", "ops");
        store.order(Scope.ofMessage("m7"), "r", "ops");
        var other = new CancellationStore(TestDatabase.dataSource(), events::addAll, Duration.ofDays(8), "other", clock);
        other.refresh();
        other.refresh();
        assertThat(other.standing().stopping(envelope("x", "spring", NOON))).isPresent();
        assertThat(other.standing().stopping(envelope("m7", "autumn", NOON))).isPresent();
        assertThat(other.standing().stopping(envelope("m8", "autumn", NOON))).isEmpty();
        now.set(NOON.plus(Duration.ofDays(8)));
        other.refresh();
        assertThat(other.standing().stopping(envelope("x", "spring", NOON))).isEmpty();
        assertThat(other.standing().stopping(envelope("m7", "autumn", NOON))).isEmpty();
        assertThat(other.purge()).isEqualTo(2);
    }

    @Test
    void passesOverWhatTheFeederHolds() throws SQLException {
        deferred.insert(List.of(waiting("held", "spring", NOON), waiting("free", "spring", NOON)));
        try (Connection feeder = TestDatabase.dataSource().getConnection()) {
            feeder.setAutoCommit(false);
            Sql.list(feeder, "select 1 from deferred where message_id = 'held' for update", row -> 1);
            assertThat(sweep(campaign("spring"))).isEqualTo(1);
            feeder.rollback();
        }
        assertThat(events).extracting(DeliveryEvent::messageId).containsExactly("free");
        assertThat(store.standing().stopping(envelope("held", "spring", NOON))).as("stopped on its lane").isPresent();
    }

    private int sweep(Scope scope) throws SQLException {
        return store.sweep(store.order(scope, "r", "ops").order(), LONG);
    }

    private static Scope campaign(String campaign) {
        return new Scope(null, null, null, campaign, null, null, null);
    }

    private static int count() throws SQLException {
        return Sql.list(TestDatabase.dataSource(), "select count(*) from deferred", row -> row.getInt(1)).get(0);
    }

    private static Envelope envelope(String id, @Nullable String campaign, Instant accepted) {
        return new Envelope(id, id.replaceFirst("\\..*", ""), new EmailAddress("from", "example.com"), new EmailAddress("to", "gmail.com"), "google", "news", campaign,
                List.of(), 100, 5, accepted, 2, 10);
    }

    private static Envelope scheduled(String id, Instant submitted, Instant due) {
        Envelope e = envelope(id, "spring", due);
        return new Envelope(e.id(), e.submissionId(), e.from(), e.to(), e.provider(), e.stream(), e.campaign(), e.tags(), e.priority(), e.maxRetries(), due, 1, e.size(), e.terms(),
                null, null, submitted);
    }

    private static DeferredMessage waits(Envelope envelope) {
        return new DeferredMessage(envelope, new byte[] {'x'}, DeferredMessage.Kind.SCHEDULED, envelope.acceptedAt(), NOON, "scheduled", null, null, 0);
    }

    private static DeferredMessage waiting(String id, String campaign, Instant accepted) {
        return new DeferredMessage(envelope(id, campaign, accepted), "Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII), DeferredMessage.Kind.DEFERRED,
                NOON.plusSeconds(3600), NOON, "451", null, "a", 451);
    }
}
