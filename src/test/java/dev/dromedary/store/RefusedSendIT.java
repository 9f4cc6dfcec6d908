package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dromedary.config.DromedaryConfig.Acceptor;
import dev.dromedary.config.Secret;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;

/** A send within a transaction is not answered by the broker: what it refused has to come out at the commit, and take the rest with it. */
class RefusedSendIT {
    private static final Acceptor CLOSED = new Acceptor(false, "127.0.0.1", 0, null, Secret.NONE);

    @Test
    void aFullAddressTakesTheWholeTransactionWithIt() throws Exception {
        TestBroker.broker().server().getAddressSettingsRepository().addMatch("mail.lane.full", new AddressSettings()
                .setMaxSizeBytes(1).setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL));
        TestBroker.send("mail.lane.full", session -> session.createTextMessage("fills it"));
        assertThatThrownBy(() -> sendBoth(TestBroker.connectionFactory().createConnection(), "mail.lane.beside-full", "mail.lane.full")).isInstanceOf(JMSException.class);
        assertThat(TestBroker.broker().queueDepth("mail.lane.beside-full")).isZero();
    }

    @Test
    void aQueueThatMayNotBeMadeTakesTheWholeTransactionWithIt() {
        assertThatThrownBy(() -> sendBoth(TestBroker.connectionFactory().createConnection(), "mail.lane.beside-none", "no.such.queue")).isInstanceOf(JMSException.class);
        assertThat(TestBroker.broker().queueDepth("mail.lane.beside-none")).isZero();
    }

    @Test
    void aDuplicateTakesTheWholeTransactionWithIt() throws Exception {
        TestBroker.send("mail.lane.dup", session -> duplicate(session));
        assertThatThrownBy(() -> {
            try (Connection connection = TestBroker.connectionFactory().createConnection(); Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                    var producer = session.createProducer(null)) {
                producer.send(session.createQueue("mail.lane.beside-dup"), session.createTextMessage("x"));
                producer.send(session.createQueue("mail.lane.dup"), duplicate(session));
                session.commit();
            }
        }).isInstanceOf(JMSException.class);
        assertThat(TestBroker.broker().queueDepth("mail.lane.beside-dup")).isZero();
    }

    /** Trap 12. */
    @Test
    void aFullDiskTakesTheWholeTransactionWithIt() throws Exception {
        Path data = Files.createTempDirectory("dromedary-full");
        try (EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(CLOSED, CLOSED, 1), data); BrokerConnection connection = BrokerConnection.to(broker, 2)) {
            await().until(broker::diskFull);
            assertThatThrownBy(() -> sendBoth(connection.connectionFactory().createConnection(), Queues.lane("a"), Queues.lane("b"))).isInstanceOf(JMSException.class);
            assertThat(broker.queueDepth(Queues.lane("a"))).isZero();
        } finally {
            TestFiles.delete(data);
        }
    }

    private static jakarta.jms.Message duplicate(Session session) throws JMSException {
        var message = session.createTextMessage("x");
        message.setStringProperty("_AMQ_DUPL_ID", "same");
        return message;
    }

    private static void sendBoth(Connection open, String first, String second) throws JMSException {
        try (Connection connection = open; Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                var producer = session.createProducer(null)) {
            producer.send(session.createQueue(first), session.createTextMessage("first"));
            producer.send(session.createQueue(second), session.createTextMessage("second"));
            session.commit();
        }
    }
}
