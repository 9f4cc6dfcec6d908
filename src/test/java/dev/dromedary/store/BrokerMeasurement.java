package dev.dromedary.store;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventCodec;
import dev.dromedary.event.EventKind;
import dev.dromedary.event.EventWriter;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import dev.dromedary.retry.DeferredMessage;
import dev.dromedary.retry.DeferredStore;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** No test: prints what the embedded broker does on this machine. Arguments: {@code commits}, {@code drain}, {@code deferred} or {@code memory}, and a directory. */
final class BrokerMeasurement {
    private static final long WARM_MILLIS = 3_000;
    private static final long MEASURED_MILLIS = 5_000;

    private BrokerMeasurement() {
    }

    public static void main(String[] arguments) throws Exception {
        Path parent = Path.of(arguments[1]);
        if (arguments[0].equals("memory")) {
            with(parent, (broker, connection) -> memory(broker, connection.drainFactory()));
            return;
        }
        if (arguments[0].equals("drain")) {
            with(parent, (broker, connection) -> drain(connection.drainFactory()));
            System.exit(0);
        }
        if (arguments[0].equals("deferred")) {
            with(parent, (broker, connection) -> deferred(new LaneSender(connection.connectionFactory())));
            System.exit(0);
        }
        for (int producers : new int[] {1, 20, 50}) {
            with(parent, (broker, connection) -> System.out.printf("RESULT %d producers, one shared connection: %.0f commits/s%n", producers,
                    commits(connection.connectionFactory(), producers)));
            with(parent, (broker, connection) -> System.out.printf("RESULT %d producers, a connection each: %.0f commits/s%n", producers,
                    commits(connection.drainFactory(), producers)));
        }
    }

    private interface Measure {
        void run(EmbeddedBroker broker, BrokerConnection connection) throws Exception;
    }

    /** A broker of its own for each figure, so that none pays for the backlog of the one before. */
    private static void with(Path parent, Measure measure) throws Exception {
        Path data = Files.createTempDirectory(parent, "dromedary-measure");
        try (EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(), data); BrokerConnection connection = BrokerConnection.to(broker, 100)) {
            measure.run(broker, connection);
        } finally {
            TestFiles.delete(data);
        }
    }

    private static double commits(ConnectionFactory factory, int producers) throws InterruptedException, ExecutionException {
        var pool = Executors.newFixedThreadPool(producers);
        var stop = new AtomicBoolean();
        var count = new LongAdder();
        var futures = new ArrayList<Future<?>>();
        for (int i = 0; i < producers; i++) {
            int lane = i % 10;
            futures.add(pool.submit(() -> {
                produce(factory, lane, stop, count);
                return null;
            }));
        }
        Thread.sleep(WARM_MILLIS);
        long before = count.sum();
        long start = System.nanoTime();
        Thread.sleep(MEASURED_MILLIS);
        double rate = (count.sum() - before) / ((System.nanoTime() - start) / 1e9);
        stop.set(true);
        for (Future<?> future : futures) {
            future.get();
        }
        pool.shutdown();
        return rate;
    }

    private static void produce(ConnectionFactory factory, int lane, AtomicBoolean stop, LongAdder count) throws JMSException {
        try (Connection connection = factory.createConnection(); Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer mail = session.createProducer(session.createQueue(Queues.lane("p" + lane)));
                MessageProducer events = session.createProducer(session.createQueue(Queues.EVENT))) {
            byte[] body = new byte[4096];
            byte[] event = new byte[600];
            while (!stop.get()) {
                mail.send(message(session, body));
                events.send(message(session, event));
                session.commit();
                count.increment();
            }
        }
    }

    private static BytesMessage message(Session session, byte[] body) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        return message;
    }

    private static void drain(ConnectionFactory factory) throws JMSException {
        int events = 100_000;
        try (Connection connection = factory.createConnection(); Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(Queues.EVENT))) {
            for (int i = 1; i <= events; i++) {
                producer.send(message(session, EventCodec.encode(new DeliveryEvent("0198c0de-" + (i * 7919L) % 999_983 + "-" + i, "s" + i, EventKind.DELIVERED, 1,
                        Instant.now(), null, "from@example.com", "to@example.org", "gmail", "a", "default", null, List.of("tag"), 250, "2.0.0", "delivered",
                        "250 2.0.0 OK 1700000000 abcdefghij - gsmtp", 4096, 120, null, "n1", null, null))));
                if (i % 500 == 0) {
                    session.commit();
                }
            }
        }
        var writer = new EventWriter(TestDatabase.dataSource(), Duration.ofHours(24));
        long start = System.nanoTime();
        int drained = 0;
        try (var drain = new QueueDrain<>(factory, Queues.EVENT, 500, (properties, body) -> EventCodec.decode(body), writer::write, InstantSource.system())) {
            while (drained < events) {
                drained += drain.drain();
            }
        }
        System.out.printf("RESULT drained %d events at %.0f a second, batches of 500%n", drained, drained / ((System.nanoTime() - start) / 1e9));
    }

    private static void deferred(LaneSender lanes) throws SQLException {
        int messages = 40_000;
        var store = new DeferredStore(TestDatabase.dataSource());
        Instant now = Instant.now();
        long start = System.nanoTime();
        for (int first = 0; first < messages; first += 200) {
            store.insert(IntStream.range(first, first + 200).mapToObj(i -> new DeferredMessage(new Envelope("0198c0de-" + (i * 7919L) % 999_983 + "-" + i, "s" + i, null,
                    new EmailAddress("to", "example.org"), "p" + i % 10, "default", null, List.of(), 100, 5, now, 2, 4096), new byte[4096],
                    DeferredMessage.Kind.DEFERRED, now.plusMillis(i), now, "421 4.7.28 slow down", Category.DEFER_OTHER_POOL, "a", 421)).toList());
        }
        System.out.printf("RESULT deferred %.0f messages of 4 KB a second, batches of 200%n", messages / ((System.nanoTime() - start) / 1e9));
        start = System.nanoTime();
        int fed = 0;
        while (fed < messages) {
            fed += store.feed(dev.dromedary.message.PriorityClass.NORMAL, 500, now.plusSeconds(3_600), batch -> lanes.send(batch.stream().map(DeferredMessage::toLane).toList()));
        }
        System.out.printf("RESULT fed %.0f messages a second back to ten lanes, batches of 500%n", messages / ((System.nanoTime() - start) / 1e9));
    }

    private static void memory(EmbeddedBroker broker, ConnectionFactory factory) throws JMSException {
        long before = used();
        try (Connection connection = factory.createConnection(); Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            int sent = 0;
            for (int lane = 0; lane < 4; lane++) {
                MessageProducer producer = session.createProducer(session.createQueue(Queues.lane("m" + lane)));
                producer.setDeliveryMode(DeliveryMode.PERSISTENT);
                for (int i = 0; i < 25_000; i++) {
                    producer.send(message(session, new byte[4096]));
                    if (++sent % 500 == 0) {
                        session.commit();
                    }
                }
            }
        }
        System.out.printf("RESULT heap %d MB: 100,000 messages of 4 KB in 4 lanes hold %d MB; depth %d%n", Runtime.getRuntime().maxMemory() >> 20, (used() - before) >> 20,
                broker.queueDepth(Queues.lane("m0")));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
