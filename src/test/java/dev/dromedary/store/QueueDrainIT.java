package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventCodec;
import dev.dromedary.event.EventHistory;
import dev.dromedary.event.EventKind;
import dev.dromedary.event.EventWriter;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueDrainIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private final EventWriter writer = new EventWriter(TestDatabase.dataSource(), Duration.ofHours(24));
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;

    @BeforeEach
    @AfterEach
    void empty() throws SQLException, JMSException {
        TestDatabase.empty();
        TestBroker.take(Queues.EVENT);
        TestBroker.take(Queues.UNREADABLE);
    }

    @Test
    void movesEventsFromTheBrokerToTheDatabase() throws Exception {
        for (int i = 0; i < 250; i++) {
            sendEvent("m" + i);
        }
        try (var drain = drain(writer::write)) {
            assertThat(drain.drain()).isEqualTo(250);
            assertThat(drain.drain()).isZero();
        }
        assertThat(rows()).isEqualTo(250);
    }

    @Test
    void writesOnceWhatTheBrokerDeliversTwice() throws Exception {
        var calls = new AtomicInteger();
        sendEvent("m1");
        sendEvent("m2");
        try (var drain = drain(events -> {
            writer.write(events);
            if (calls.incrementAndGet() == 1) {
                throw new SQLException("the connection broke after the commit", "08006");
            }
        })) {
            assertThat(drain.drain()).isZero();
            assertThat(rows()).isEqualTo(2);
            drainAfter(drain, 2);
        }
        assertThat(rows()).isEqualTo(2);
        assertThat(calls.get()).isGreaterThan(1);
    }

    @Test
    void keepsEverythingInTheBrokerWhileTheDatabaseIsAwayAndProbesWithOneMessageEverLater() throws Exception {
        for (int i = 0; i < 20; i++) {
            sendEvent("m" + i);
        }
        var sizes = new ArrayList<Integer>();
        var away = new AtomicReference<>(true);
        try (var drain = drain(events -> {
            sizes.add(events.size());
            if (away.get()) {
                throw new SQLException("away", "08001");
            }
            writer.write(events);
        })) {
            drain.drain();
            drain.drain();
            assertThat(sizes).as("no second try before the pause is over").containsExactly(20);
            now.set(now.get().plusMillis(1_000));
            drain.drain();
            now.set(now.get().plusMillis(1_999));
            drain.drain();
            assertThat(sizes.stream().skip(1)).allMatch(size -> size == 1).hasSizeLessThanOrEqualTo(1);
            assertThat(TestBroker.broker().queueDepth(Queues.EVENT)).isEqualTo(20);
            away.set(false);
            drainAfter(drain, 20);
        }
        assertThat(rows()).isEqualTo(20);
    }

    @Test
    void setsAsideWhatItCannotReadAndGoesOn() throws Exception {
        sendEvent("m1");
        TestBroker.send(Queues.EVENT, session -> {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes("no event".getBytes(StandardCharsets.UTF_8));
            message.setStringProperty("_AMQ_DUPL_ID", "carried");
            return message;
        });
        TestBroker.send(Queues.EVENT, session -> session.createObjectMessage("object"));
        sendEvent("m2");
        try (var drain = drain(writer::write)) {
            assertThat(drain.drain()).isEqualTo(4);
        }
        assertThat(rows()).isEqualTo(2);
        List<Message> aside = TestBroker.take(Queues.UNREADABLE);
        assertThat(aside).hasSize(2);
        assertThat(aside.get(0).getStringProperty("drm_reason_unreadable")).contains("[EVENT_MALFORMED]");
        assertThat(aside.get(0).getBody(byte[].class)).asString().isEqualTo("no event");
        assertThat(aside).allSatisfy(message -> assertThat(message.propertyExists("_AMQ_DUPL_ID")).isFalse());
    }

    @Test
    void setsAsideTheOneRowThatTheDatabaseRefusesAndWritesTheRest() throws Exception {
        for (int i = 0; i < 5; i++) {
            sendEvent("m" + i);
        }
        try (var drain = drain(events -> {
            writer.write(events);
            if (events.stream().anyMatch(event -> event.messageId().equals("m3"))) {
                Sql.update(TestDatabase.dataSource(), "insert into deferred (message_id) values ('incomplete')");
            }
        })) {
            assertThat(drain.drain()).isEqualTo(5);
        }
        assertThat(TestBroker.take(Queues.UNREADABLE)).singleElement()
                .satisfies(message -> assertThat(EventCodec.decode(message.getBody(byte[].class)).messageId()).isEqualTo("m3"));
        assertThat(new EventHistory(TestDatabase.dataSource()).of("m4")).hasSize(1);
        assertThat(TestBroker.broker().queueDepth(Queues.EVENT)).isZero();
    }

    private QueueDrain<DeliveryEvent> drain(BatchSink<DeliveryEvent> sink) {
        return new QueueDrain<>(TestBroker.drainFactory(), Queues.EVENT, 100, (properties, body) -> EventCodec.decode(body), sink, clock);
    }

    /** The broker delivers what was rolled back after five seconds of its own time. */
    private void drainAfter(QueueDrain<DeliveryEvent> drain, int expected) {
        var total = new AtomicInteger();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            now.set(now.get().plusSeconds(60));
            return total.addAndGet(drain.drain()) >= expected;
        });
    }

    private static int rows() throws SQLException {
        return Sql.list(TestDatabase.dataSource(), "select count(*) from event", row -> row.getInt(1)).get(0);
    }

    private static void sendEvent(String id) throws JMSException {
        var event = new DeliveryEvent(id, id, EventKind.DELIVERED, 1, NOON, null, null, "to@example.org", "gmail", "a", "default", null, List.of(), 250, null, null, null,
                null, null, null, "n1", null, null);
        TestBroker.send(Queues.EVENT, session -> MessageCodec.toMessage(session, Map.of(), EventCodec.encode(event)));
    }
}
