package dev.dromedary.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.message.DeliveryTerms;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.outcome.Category;
import dev.dromedary.store.LaneSender;
import dev.dromedary.store.MailFilter;
import dev.dromedary.store.MessageCodec;
import dev.dromedary.store.Queues;
import dev.dromedary.store.TestBroker;
import dev.dromedary.store.TestDatabase;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeferredStoreIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private final DeferredStore store = new DeferredStore(TestDatabase.dataSource());
    private final LaneSender lanes = new LaneSender(TestBroker.connectionFactory());

    @BeforeEach
    void empty() throws SQLException, JMSException {
        TestDatabase.empty();
        TestBroker.take(Queues.lane("gmail"));
    }

    @Test
    void readsBackEveryField() throws SQLException {
        DeferredMessage message = message("m1", 2, NOON);
        store.insert(List.of(message));
        assertThat(store.get("m1")).get().usingRecursiveComparison().isEqualTo(message);
        assertThat(store.get("m2")).isEmpty();
    }

    @Test
    void readsBackFromTheBrokerWhatItWroteThere() {
        DeferredMessage message = message("m1", 2, NOON);
        assertThat(DeferredMessage.fromHeaders(message.toHeaders(), message.body())).usingRecursiveComparison().isEqualTo(message);
        assertThat(message.toHeaders().keySet()).allMatch(name -> name.startsWith("drm_"));
    }

    @Test
    void keepsTheHigherAttemptWhicheverComesFirst() throws SQLException {
        store.insert(List.of(message("m1", 3, NOON), message("m1", 2, NOON.plusSeconds(9)), message("m2", 1, NOON)));
        assertThat(store.insert(List.of(message("m1", 2, NOON.plusSeconds(99))))).isZero();
        assertThat(store.insert(List.of(message("m1", 3, NOON)))).as("the same again").isZero();
        assertThat(store.get("m1")).get().satisfies(row -> assertThat(row.envelope().attempt()).isEqualTo(3));
        assertThat(store.insert(List.of(message("m1", 4, NOON)))).isEqualTo(1);
    }

    @Test
    void feedsOnlyWhatIsDueEarliestFirstAndForgetsIt() throws SQLException {
        store.insert(List.of(due("late", 20), due("early", 10), due("later", 5_000)));
        var fed = new ArrayList<String>();
        assertThat(store.feed(PriorityClass.NORMAL, 10, NOON.plusSeconds(30), batch -> batch.forEach(message -> fed.add(message.envelope().id())))).isEqualTo(2);
        assertThat(fed).containsExactly("early", "late");
        assertThat(store.feed(PriorityClass.NORMAL, 10, NOON.plusSeconds(30), batch -> { })).isZero();
        assertThat(store.waiting()).singleElement().satisfies(waiting -> assertThat(waiting.earliest()).isEqualTo(NOON.plusSeconds(5_000)));
    }

    @Test
    void keepsTheRowsWhenTheSenderFails() throws SQLException {
        store.insert(List.of(due("m1", 0)));
        assertThatThrownBy(() -> store.feed(PriorityClass.NORMAL, 10, NOON, batch -> {
            throw new IllegalStateException("broker away");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(store.feed(PriorityClass.NORMAL, 10, NOON, batch -> { })).isEqualTo(1);
    }

    @Test
    void feedsEachRowOnceThroughManyFeedersAtATime() throws Exception {
        store.insert(IntStream.range(0, 1_000).mapToObj(n -> due("m" + n, n % 7)).toList());
        var fed = new ConcurrentLinkedQueue<String>();
        var pool = Executors.newFixedThreadPool(6);
        var futures = new ArrayList<Future<?>>();
        for (int i = 0; i < 6; i++) {
            futures.add(pool.submit(() -> {
                while (store.feed(PriorityClass.NORMAL, 25, NOON.plusSeconds(10), batch -> batch.forEach(message -> fed.add(message.envelope().id()))) > 0) {
                    Thread.onSpinWait();
                }
                return null;
            }));
        }
        for (Future<?> future : futures) {
            future.get();
        }
        pool.shutdown();
        assertThat(fed).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void sendsOnceWhatACrashMadeItHandOverTwice() throws Exception {
        store.insert(List.of(due("m1", 0), due("m2", 0)));
        assertThatThrownBy(() -> store.feed(PriorityClass.NORMAL, 10, NOON, batch -> {
            lanes.send(batch.stream().map(DeferredMessage::toLane).toList());
            throw new IllegalStateException("killed before the database's commit");
        })).isInstanceOf(IllegalStateException.class);
        store.insert(List.of(due("m3", 0)));
        assertThat(store.feed(PriorityClass.NORMAL, 10, NOON, batch -> lanes.send(batch.stream().map(DeferredMessage::toLane).toList()))).isEqualTo(3);
        List<Message> sent = TestBroker.take(Queues.lane("gmail"));
        assertThat(sent).hasSize(3);
        assertThat(MessageCodec.envelope(sent.get(0))).isEqualTo(due("m1", 0).envelope().avoiding("a"));
        assertThat(MessageCodec.body(sent.get(0))).isEqualTo(due("m1", 0).body());
    }

    @Test
    void sendsAMessageAgainThatWasParkedTwiceBeforeOneAttempt() throws Exception {
        for (int parked = 0; parked < 2; parked++) {
            store.insert(List.of(message("m9", 1, NOON.plusMillis(parked))));
            store.feed(PriorityClass.NORMAL, 10, NOON.plusSeconds(3_600), batch -> lanes.send(batch.stream().map(DeferredMessage::toLane).toList()));
        }
        assertThat(TestBroker.take(Queues.lane("gmail"))).hasSize(2);
    }

    @Test
    void hastensAndRemovesByFilter() throws SQLException {
        store.insert(List.of(due("s1.1", 900), due("s1.2", 900), due("s2", 900)));
        assertThat(store.hasten(MailFilter.ofIds(List.of("s1.1")), NOON)).isEqualTo(1);
        assertThat(store.feed(PriorityClass.NORMAL, 10, NOON, batch -> { })).isEqualTo(1);
        var removed = new ArrayList<String>();
        assertThat(store.remove(MailFilter.ofIds(List.of("s1")), 10, batch -> batch.forEach(message -> removed.add(message.envelope().id())))).isEqualTo(1);
        assertThat(removed).containsExactly("s1.2");
        assertThat(store.remove(MailFilter.ofCampaign("none"), 10, batch -> { })).isZero();
    }

    @Test
    void endsABatchOfLargeMessagesEarly() throws SQLException {
        byte[] large = new byte[6 * 1024 * 1024];
        for (int i = 0; i < 5; i++) {
            DeferredMessage small = due("m" + i, i);
            store.insert(List.of(new DeferredMessage(small.envelope(), large, small.kind(), small.nextAttempt(), small.deferredAt(), "", null, null, 0)));
        }
        assertThat(store.feed(PriorityClass.NORMAL, 100, NOON.plusSeconds(60), batch -> { })).isEqualTo(3);
        assertThat(store.feed(PriorityClass.NORMAL, 100, NOON.plusSeconds(60), batch -> { })).isEqualTo(2);
    }

    @Test
    void whatIsDueOfOneClassHidesNoneOfAnother() throws Exception {
        store.insert(IntStream.range(0, 500).mapToObj(i -> withPriority(due("bulk" + i, -60), 200)).toList());
        store.insert(List.of(withPriority(due("soon", 0), 99), due("m1", 0)));
        var fed = new ArrayList<String>();
        for (PriorityClass priority : PriorityClass.values()) {
            store.feed(priority, 3, NOON, batch -> batch.forEach(message -> fed.add(message.envelope().id().replaceFirst("\\d+$", ""))));
        }
        assertThat(fed).containsExactly("soon", "m", "bulk", "bulk", "bulk");
    }

    private static DeferredMessage withPriority(DeferredMessage m, int priority) {
        Envelope e = m.envelope();
        var envelope = new Envelope(e.id(), e.submissionId(), e.from(), e.to(), e.provider(), e.stream(), e.campaign(), e.tags(), priority, e.maxRetries(), e.acceptedAt(),
                e.attempt(), e.size());
        return new DeferredMessage(envelope, m.body(), m.kind(), m.nextAttempt(), m.deferredAt(), m.reason(), m.category(), m.pool(), m.code());
    }

    private static DeferredMessage due(String id, int inSeconds) {
        DeferredMessage message = message(id, 1, NOON);
        return new DeferredMessage(message.envelope(), message.body(), message.kind(), NOON.plusSeconds(inSeconds), NOON, message.reason(), message.category(), message.pool(), 421);
    }

    private static DeferredMessage message(String id, int attempt, Instant deferredAt) {
        byte[] body = ("Subject: " + id + "\r\n\r\n\u0000\u00e4").getBytes(StandardCharsets.ISO_8859_1);
        var envelope = new Envelope(id, id.replaceFirst("\\..*", ""), null, new EmailAddress("to", "example.org"), "gmail", "marketing", "spring", List.of("a", "b"), 100, 5,
                NOON, attempt, body.length).withTerms(new DeliveryTerms(Duration.ofMinutes(7), DeliveryTerms.Dsn.FAILURE));
        return new DeferredMessage(envelope, body, DeferredMessage.Kind.DEFERRED, NOON.plusSeconds(600), deferredAt, "421 slow down", Category.DEFER_OTHER_POOL, "a", 421);
    }
}
