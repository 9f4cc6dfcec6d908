package dev.dromedary.store;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** No test: prints what the embedded broker does on this machine. Arguments: {@code commits}, or {@code memory}. */
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
