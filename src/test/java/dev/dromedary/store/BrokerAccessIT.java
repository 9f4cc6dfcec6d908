package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.FreePort;
import dev.dromedary.config.DromedaryConfig.Acceptor;
import dev.dromedary.config.Secret;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a producer with the configured name and password may do over TCP, and what nobody may. */
class BrokerAccessIT {
    private static Path data;
    private static EmbeddedBroker broker;
    private static int corePort;
    private static int amqpPort;

    enum Protocol {
        CORE, AMQP;

        ConnectionFactory factory(String user, String password) {
            return this == CORE ? new ActiveMQConnectionFactory("tcp://127.0.0.1:" + corePort, user, password)
                    : new JmsConnectionFactory(user, password, "amqp://127.0.0.1:" + amqpPort);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        data = Files.createTempDirectory("dromedary-access");
        corePort = FreePort.next();
        amqpPort = FreePort.next();
        broker = EmbeddedBroker.start(TestBroker.config(new Acceptor(true, "127.0.0.1", corePort, "shop", new Secret("s3cret")),
                new Acceptor(true, "127.0.0.1", amqpPort, "crm", new Secret("0ther"))), data);
    }

    @AfterAll
    static void stop() {
        broker.close();
        TestFiles.delete(data);
    }

    @ParameterizedTest
    @EnumSource
    void letsAProducerSubmit(Protocol protocol) throws JMSException {
        long before = broker.queueDepth(Queues.SUBMIT);
        send(protocol.factory("shop", "s3cret"), Queues.SUBMIT);
        assertThat(broker.queueDepth(Queues.SUBMIT)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void letsAProducerReachNoLane(Protocol protocol) {
        assertThatThrownBy(() -> send(protocol.factory("shop", "s3cret"), Queues.lane("gmail"))).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> send(protocol.factory("shop", "s3cret"), Queues.EVENT)).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> send(protocol.factory("shop", "s3cret"), "activemq.management")).isInstanceOf(JMSException.class);
    }

    @ParameterizedTest
    @EnumSource
    void letsAProducerReadNothing(Protocol protocol) {
        assertThatThrownBy(() -> read(protocol.factory("shop", "s3cret"), Queues.SUBMIT)).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> read(protocol.factory("shop", "s3cret"), Queues.UNREADABLE)).isInstanceOf(JMSException.class);
    }

    @ParameterizedTest
    @EnumSource
    void letsNobodyInWithoutThePassword(Protocol protocol) {
        for (String[] attempt : new String[][] {{"shop", "guess"}, {"shop", "0ther"}, {"", ""}, {"admin", "admin"}, {"ACTIVEMQ.CLUSTER.ADMIN.USER", "CHANGE ME!!"}}) {
            assertThatThrownBy(() -> send(protocol.factory(attempt[0], attempt[1]), Queues.SUBMIT)).as(attempt[0]).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void refusesAnAcceptorWithoutAPassword() {
        var open = new Acceptor(true, "127.0.0.1", 1, "shop", Secret.NONE);
        var closed = new Acceptor(false, "127.0.0.1", 0, null, Secret.NONE);
        assertThatThrownBy(() -> EmbeddedBroker.start(TestBroker.config(open, closed), data)).hasMessageContaining("[BROKER_ACCEPTOR]");
    }

    @Test
    void saysWhenAPortIsTaken() throws IOException {
        Path other = Files.createTempDirectory("dromedary-taken");
        var closed = new Acceptor(false, "127.0.0.1", 0, null, Secret.NONE);
        var taken = new Acceptor(true, "127.0.0.1", corePort, "shop", new Secret("s3cret"));
        assertThatThrownBy(() -> EmbeddedBroker.start(TestBroker.config(taken, closed), other).close()).isInstanceOf(StorageException.class)
                .hasMessageContaining(String.valueOf(corePort));
        TestFiles.delete(other);
    }

    private static void send(ConnectionFactory factory, String queue) throws JMSException {
        try (Connection connection = factory.createConnection(); Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                var producer = session.createProducer(session.createQueue(queue))) {
            producer.send(session.createTextMessage("x"));
        }
    }

    private static void read(ConnectionFactory factory, String queue) throws JMSException {
        try (Connection connection = factory.createConnection(); Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                var consumer = session.createConsumer(session.createQueue(queue))) {
            connection.start();
            consumer.receive(1_000);
        }
    }
}
