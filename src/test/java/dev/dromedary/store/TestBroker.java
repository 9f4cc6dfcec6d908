package dev.dromedary.store;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Secret;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One embedded broker for all tests of a JVM; started on first use and removed when the JVM ends. */
public final class TestBroker {
    private static final DromedaryConfig.Acceptor CLOSED = new DromedaryConfig.Acceptor(false, "127.0.0.1", 0, null, Secret.NONE);

    private TestBroker() {
    }

    private record Running(EmbeddedBroker broker, BrokerConnection connection) {
    }

    private static final class Holder {
        private static final Running RUNNING = start();

        private static Running start() {
            try {
                Path data = Files.createTempDirectory("dromedary-test-broker");
                EmbeddedBroker broker = EmbeddedBroker.start(config(CLOSED, CLOSED), data);
                BrokerConnection connection = BrokerConnection.to(broker, 50);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    connection.close();
                    broker.close();
                    TestFiles.delete(data);
                }));
                return new Running(broker, connection);
            } catch (IOException e) {
                throw new StorageException("[TEST_BROKER] start: " + e.getMessage() + "; free some space in the temporary directory", e);
            }
        }
    }

    public static EmbeddedBroker broker() {
        return Holder.RUNNING.broker();
    }

    /** The one object for consumers and producers. */
    public static ConnectionFactory connectionFactory() {
        return Holder.RUNNING.connection().connectionFactory();
    }

    public static ConnectionFactory drainFactory() {
        return Holder.RUNNING.connection().drainFactory();
    }

    public static DromedaryConfig.Broker config() {
        return config(CLOSED, CLOSED);
    }

    public static DromedaryConfig.Broker config(DromedaryConfig.Acceptor core, DromedaryConfig.Acceptor amqp) {
        return config(core, amqp, 99);
    }

    public static DromedaryConfig.Broker config(DromedaryConfig.Acceptor core, DromedaryConfig.Acceptor amqp, int maxDiskUsage) {
        return new DromedaryConfig.Broker(DromedaryConfig.Mode.EMBEDDED, null, null, Secret.NONE, core, amqp, maxDiskUsage);
    }

    /** Sends in one transaction. */
    public static void send(String queue, MessageMaker maker) throws JMSException {
        try (Connection connection = connectionFactory().createConnection(); Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                var producer = session.createProducer(session.createQueue(queue))) {
            producer.send(maker.make(session));
            session.commit();
        }
    }

    /** Takes everything off a queue, waiting a little for the first. */
    public static List<Message> take(String queue) throws JMSException {
        try (Connection connection = drainFactory().createConnection(); Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            connection.start();
            var messages = new ArrayList<Message>();
            @Nullable Message message = consumer.receive(500);
            while (message != null) {
                messages.add(message);
                message = consumer.receiveNoWait();
            }
            return messages;
        }
    }

    /** Makes the message to send. */
    @FunctionalInterface
    public interface MessageMaker {
        Message make(Session session) throws JMSException;
    }
}
