package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dromedary.config.DromedaryConfig.Acceptor;
import dev.dromedary.config.Secret;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerIT {
    private static final Acceptor CLOSED = new Acceptor(false, "127.0.0.1", 0, null, Secret.NONE);
    private Path data;

    @BeforeEach
    void makeDirectory() throws IOException {
        data = Files.createTempDirectory("dromedary-broker");
    }

    @AfterEach
    void removeDirectory() {
        TestFiles.delete(data);
    }

    /** The other Dromedary of these tests: it sends one message in a transaction and waits to be killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(), Path.of(arguments[0]));
            send(BrokerConnection.to(broker, 2), Queues.lane("gmail"), "kept", null);
            System.out.println("ready 1");
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        }
    }

    @Test
    void keepsWhatWasCommittedOverAKill() throws Exception {
        try (ChildProcess child = ChildProcess.start(Holder.class, data.toString())) {
            child.kill();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(), data); BrokerConnection connection = BrokerConnection.to(broker, 2)) {
            assertThat(broker.queueDepth(Queues.lane("gmail"))).isEqualTo(1);
            assertThat(receive(connection, Queues.lane("gmail"))).isEqualTo("kept");
        }
    }

    @Test
    void namesTheDirectoryThatAnotherDromedaryHolds() throws Exception {
        try (ChildProcess child = ChildProcess.start(Holder.class, data.toString())) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> EmbeddedBroker.start(TestBroker.config(), data)).isInstanceOf(StorageException.class)
                    .hasMessageContaining("[DATA_DIRECTORY_IN_USE]").hasMessageContaining(data.toString());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            child.kill();
        }
    }

    @Test
    void remembersDuplicateIdsOverARestart() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(), data); BrokerConnection connection = BrokerConnection.to(broker, 2)) {
            send(connection, Queues.lane("gmail"), "first", "retry:m1:2");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(), data); BrokerConnection connection = BrokerConnection.to(broker, 2)) {
            assertThatThrownBy(() -> send(connection, Queues.lane("gmail"), "again", "retry:m1:2")).isInstanceOf(JMSException.class);
            assertThat(broker.queueDepth(Queues.lane("gmail"))).isEqualTo(1);
        }
    }

    @Test
    void movesWhatCannotBeHandledToABoundDeadLetterQueue() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(), data); BrokerConnection connection = BrokerConnection.to(broker, 2)) {
            send(connection, Queues.SUBMIT, "poison", null);
            assertThat(broker.server().locateQueue(Queues.SUBMIT).sendMessagesToDeadLetterAddress(null)).isEqualTo(1);
            await().until(() -> broker.queueDepth(Queues.UNREADABLE) == 1);
        }
    }

    @Test
    void redeliversLanesForEverAndNeverAtOnce() {
        for (String queue : List.of(Queues.lane("gmail"), Queues.SUBMIT, Queues.EVENT, Queues.DEFERRED, Queues.DEAD)) {
            var settings = TestBroker.broker().server().getAddressSettingsRepository().getMatch(queue);
            assertThat(settings.getRedeliveryDelay()).as(queue).isEqualTo(5_000);
            assertThat(settings.getRedeliveryMultiplier()).as(queue).isEqualTo(2);
            assertThat(settings.getMaxDeliveryAttempts()).as(queue).isEqualTo(queue.equals(Queues.SUBMIT) ? 10 : -1);
            assertThat(settings.getAddressFullMessagePolicy().name()).as(queue).isEqualTo("PAGE");
        }
    }

    @Test
    void makesQueuesOfMailOnly() throws Exception {
        TestBroker.send(Queues.lane("fresh"), session -> session.createTextMessage("x"));
        assertThat(TestBroker.broker().queues()).extracting(QueueState::name).contains(Queues.lane("fresh"), Queues.UNREADABLE);
        assertThatThrownBy(() -> TestBroker.send("other.queue", session -> session.createTextMessage("x"))).isInstanceOf(JMSException.class);
    }

    /** Its reading would leave a trace. */
    static final class Trap implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;
        private static boolean sprung;

        @Serial
        private void readObject(ObjectInputStream in) {
            sprung = true;
        }
    }

    @Test
    void neverReadsAnObjectMessage() throws Exception {
        TestBroker.send(Queues.lane("trap"), session -> session.createObjectMessage(new Trap()));
        Message message = TestBroker.take(Queues.lane("trap")).get(0);
        assertThatThrownBy(((ObjectMessage) message)::getObject).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> MessageCodec.envelope(message)).isInstanceOf(MalformedMessageException.class);
        assertThat(Trap.sprung).isFalse();
    }

    @Test
    void refusesMessagesAtOnceWhileTheDiskIsFull() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(CLOSED, CLOSED, 1), data); BrokerConnection connection = BrokerConnection.to(broker, 2)) {
            await().until(broker::diskFull);
            long start = System.nanoTime();
            assertThatThrownBy(() -> send(connection, Queues.lane("gmail"), "late", null)).isInstanceOf(JMSException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void pagesABacklogInsteadOfHoldingUpTheSender() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(TestBroker.config(), data); BrokerConnection connection = BrokerConnection.to(broker, 2);
                Connection open = connection.connectionFactory().createConnection(); Session session = open.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(Queues.lane("slow")))) {
            long limit = broker.server().getAddressSettingsRepository().getMatch(Queues.lane("slow")).getMaxSizeBytes();
            byte[] body = new byte[64 * 1024];
            int count = (int) (limit / body.length) + 200;
            for (int i = 0; i < count; i++) {
                var message = session.createBytesMessage();
                message.writeBytes(body);
                producer.send(message);
                session.commit();
            }
            assertThat(broker.server().getPagingManager().getPageStore(SimpleString.of(Queues.lane("slow"))).isPaging()).isTrue();
            assertThat(broker.queueDepth(Queues.lane("slow"))).isEqualTo(count);
        }
    }

    private static void send(BrokerConnection connection, String queue, String text, String duplicateId) throws JMSException {
        try (Connection open = connection.connectionFactory().createConnection(); Session session = open.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            Message message = session.createTextMessage(text);
            if (duplicateId != null) {
                message.setStringProperty("_AMQ_DUPL_ID", duplicateId);
            }
            producer.send(message);
            session.commit();
        }
    }

    private static String receive(BrokerConnection connection, String queue) throws JMSException {
        try (Connection open = connection.drainFactory().createConnection(); Session session = open.createSession(false, Session.AUTO_ACKNOWLEDGE);
                var consumer = session.createConsumer(session.createQueue(queue))) {
            open.start();
            return consumer.receive(5_000).getBody(String.class);
        }
    }
}
