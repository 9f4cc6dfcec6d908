package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dromedary.FreePort;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.Acceptor;
import dev.dromedary.config.Secret;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jms.core.JmsTemplate;

/** A broker reached by URL: here another embedded one behind its TCP acceptor. */
class ExternalBrokerIT {

    @Test
    void goesOnAfterTheBrokerWasRestarted() throws Exception {
        Path data = Files.createTempDirectory("dromedary-external");
        var acceptor = new Acceptor(true, "127.0.0.1", FreePort.next(), "shop", new Secret("s3cret"));
        EmbeddedBroker broker = start(acceptor, data);
        try (BrokerConnection connection = BrokerConnection.to(external(acceptor.port(), "s3cret"), 4, Duration.ofSeconds(10))) {
            var template = new JmsTemplate(connection.connectionFactory());
            template.setSessionTransacted(true);
            template.convertAndSend(Queues.SUBMIT, "before");
            broker.close();
            EmbeddedBroker next = start(acceptor, data);
            broker = next;
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                template.convertAndSend(Queues.SUBMIT, "after");
                return true;
            });
            assertThat(next.queueDepth(Queues.SUBMIT)).isGreaterThanOrEqualTo(2);
        } finally {
            broker.close();
            TestFiles.delete(data);
        }
    }

    @Test
    void failsWithinSecondsWhileTheBrokerIsAway() throws Exception {
        Path data = Files.createTempDirectory("dromedary-external");
        var acceptor = new Acceptor(true, "127.0.0.1", FreePort.next(), "shop", new Secret("s3cret"));
        EmbeddedBroker broker = start(acceptor, data);
        try (BrokerConnection connection = BrokerConnection.to(external(acceptor.port(), "s3cret"), 4, Duration.ofSeconds(10));
                var open = connection.connectionFactory().createConnection(); var session = open.createSession(true, 0)) {
            MessageProducer producer = session.createProducer(session.createQueue(Queues.SUBMIT));
            broker.close();
            long start = System.nanoTime();
            assertThatThrownBy(() -> {
                producer.send(session.createTextMessage("lost"));
                session.commit();
            }).isInstanceOf(JMSException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        } finally {
            broker.close();
            TestFiles.delete(data);
        }
    }

    @Test
    void saysWhichBrokerIsAwayAndGivesUpInTime() {
        assertThatThrownBy(() -> BrokerConnection.to(external(1, "s3cret"), 4, Duration.ofSeconds(1))).isInstanceOf(StorageException.class)
                .hasMessageContaining("[BROKER_UNREACHABLE]").hasMessageContaining("127.0.0.1:1").hasMessageNotContaining("s3cret");
    }

    @Test
    void reportsAWrongPasswordAtOnce() throws Exception {
        Path data = Files.createTempDirectory("dromedary-external");
        var acceptor = new Acceptor(true, "127.0.0.1", FreePort.next(), "shop", new Secret("s3cret"));
        try (EmbeddedBroker broker = start(acceptor, data)) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> BrokerConnection.to(external(acceptor.port(), "guess"), 4, Duration.ofSeconds(60))).hasMessageContaining("[BROKER_UNREACHABLE]");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            assertThat(broker.fault()).isEmpty();
        }
        TestFiles.delete(data);
    }

    private static EmbeddedBroker start(Acceptor acceptor, Path data) {
        return EmbeddedBroker.start(TestBroker.config(acceptor, new Acceptor(false, "127.0.0.1", 0, null, Secret.NONE)), data);
    }

    private static DromedaryConfig.Broker external(int port, String password) {
        Acceptor closed = new Acceptor(false, "127.0.0.1", 0, null, Secret.NONE);
        return new DromedaryConfig.Broker(DromedaryConfig.Mode.EXTERNAL, "tcp://127.0.0.1:" + port, "shop", new Secret(password), closed, closed, 90);
    }
}
