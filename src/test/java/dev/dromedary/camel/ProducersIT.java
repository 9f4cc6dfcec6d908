package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.FreePort;
import dev.dromedary.store.BrokerFault;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Producers of other programs, over TCP: what they put on {@code mail.submit} is delivered, and nothing they add to it steers anything. */
class ProducersIT {
    private static final String RAW = "From: shop@example.com\r\nTo: %s\r\nSubject: raw\r\n\r\nhello\r\n";

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static int corePort;
    private static int amqpPort;

    enum Protocol {
        CORE, AMQP;

        ConnectionFactory factory() {
            return this == CORE ? new ActiveMQConnectionFactory("tcp://127.0.0.1:" + corePort, "shop", "s3cret-of-the-shop-01")
                    : new JmsConnectionFactory("crm", "s3cret-of-the-crm-0001", "amqp://127.0.0.1:" + amqpPort + "?jms.validatePropertyNames=false");
        }

        String recipient(String name) {
            return name + "-" + name().toLowerCase(java.util.Locale.ROOT) + "@gmail.com";
        }
    }

    @FunctionalInterface
    interface Maker {
        Message make(Session session) throws JMSException;
    }

    @BeforeAll
    static void start() throws Exception {
        corePort = FreePort.next();
        amqpPort = FreePort.next();
        program = TestProgram.start(folder, TestProgram.ONE_POOL + """
                broker:
                  core: {enabled: true, port: %d, user: shop, password-env: CORE_PASSWORD}
                  amqp: {enabled: true, port: %d, user: crm, password-env: AMQP_PASSWORD}
                """.formatted(corePort, amqpPort), Map.of("CORE_PASSWORD", "s3cret-of-the-shop-01", "AMQP_PASSWORD", "s3cret-of-the-crm-0001"), Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @ParameterizedTest
    @EnumSource
    void jsonAsTextIsDelivered(Protocol protocol) throws Exception {
        String to = protocol.recipient("text");
        send(protocol, session -> session.createTextMessage(TestProgram.json(to)));
        assertArrivesOnce(to);
    }

    @ParameterizedTest
    @EnumSource
    void jsonAsBytesIsDelivered(Protocol protocol) throws Exception {
        String to = protocol.recipient("bytes");
        send(protocol, session -> bytes(session, TestProgram.json(to)));
        assertArrivesOnce(to);
    }

    @ParameterizedTest
    @EnumSource
    void aWholeMessageWithItsEnvelopeInPropertiesIsDelivered(Protocol protocol) throws Exception {
        String to = protocol.recipient("raw");
        send(protocol, session -> {
            Message message = bytes(session, RAW.formatted("somebody-else@example.org"));
            message.setStringProperty("from", "bounces@example.com");
            message.setStringProperty("to", to + ", second." + to);
            message.setStringProperty("stream", "receipts");
            return message;
        });
        program.awaitArrivals(List.of(to, "second." + to));
        assertThat(program.sink().messages()).filteredOn(m -> m.to().contains(to)).singleElement().satisfies(m -> {
            assertThat(m.from()).isEqualTo("bounces@example.com");
            assertThat(new String(m.content(), StandardCharsets.UTF_8)).contains("Subject: raw").contains("hello");
        });
        await().atMost(TestProgram.PATIENCE)
                .until(() -> program.count("select count(*) from event where recipient = '" + to + "' and stream = 'receipts' and kind = 'delivered'") == 1);
    }

    /** Trap 4: carried along to the lanes, one id for all would leave one message of three, without a word. */
    @ParameterizedTest
    @EnumSource
    void aDuplicateIdOfTheProducerIsNotCarriedToTheLanes(Protocol protocol) throws Exception {
        String to = protocol.recipient("dupl");
        send(protocol, session -> named(session.createTextMessage(TestProgram.json(to, "b." + to, "c." + to)), "_AMQ_DUPL_ID", "id-" + protocol));
        program.awaitArrivals(List.of(to, "b." + to, "c." + to));
        assertThat(program.arrivals()).containsEntry(to, 1).containsEntry("b." + to, 1).containsEntry("c." + to, 1);
    }

    /** Trap 6: only a Long is a time to the broker, and a producer's time is ours to read from the submission alone. */
    @ParameterizedTest
    @EnumSource
    void aStringForAScheduleOfTheBrokerDoesNothing(Protocol protocol) throws Exception {
        String to = protocol.recipient("sched");
        send(protocol, session -> named(session.createTextMessage(TestProgram.json(to)), "_AMQ_SCHED_DELIVERY", "9999999999999"));
        assertArrivesOnce(to);
    }

    /** Trap 14. */
    @ParameterizedTest
    @EnumSource
    void foreignPropertiesSteerNothing(Protocol protocol) throws Exception {
        String to = protocol.recipient("foreign");
        send(protocol, session -> {
            Message message = session.createTextMessage(TestProgram.json(to));
            for (String name : List.of("CAmelFileName", "CamelJmsDestinationName", "CAmelJmsDestinationName", "CamelBeanMethodName", "mail_DOT_smtp_DOT_host", "To", "Bcc", "Subject", "JMSXGroupID",
                    "_AMQ_GROUP_ID", "_AMQ_LVQ_NAME", "_AMQ_ORIG_ADDRESS")) {
                message.setStringProperty(name, "evil.example");
            }
            message.setJMSReplyTo(session.createQueue("mail.submit"));
            return message;
        });
        assertArrivesOnce(to);
        assertThat(program.sink().messages()).filteredOn(m -> m.to().contains(to)).allSatisfy(m -> assertThat(new String(m.content(), StandardCharsets.UTF_8)).doesNotContain("evil"));
        assertThat(program.call("GET", "/v1/status", "").body()).doesNotContain("evil");
        assertThat(program.depth("mail.submit")).as("no reply").isZero();
    }

    @Test
    void aPriorityOfJmsOrATimeToLiveNeitherHurriesNorLosesAMessage() throws Exception {
        String to = "ttl@gmail.com";
        program.camel().getRouteController().suspendRoute("submit-jms");
        try (Connection connection = Protocol.CORE.factory().createConnection(); Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                var producer = session.createProducer(session.createQueue("mail.submit"))) {
            producer.send(session.createTextMessage(TestProgram.json(to)), jakarta.jms.DeliveryMode.NON_PERSISTENT, 9, 1);
        } finally {
            program.camel().getRouteController().resumeRoute("submit-jms");
        }
        assertArrivesOnce(to);
    }

    /** Its reading would leave a trace. */
    static final class Trap implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;
        private static volatile boolean sprung;

        @Serial
        private void readObject(ObjectInputStream in) {
            sprung = true;
        }
    }

    /** Trap 14. */
    @ParameterizedTest
    @EnumSource
    void anObjectMessageIsRefusedWithItsCodeAndKeptUnread(Protocol protocol) throws Exception {
        send(protocol, session -> session.createObjectMessage(new Trap()));
        Message kept = rejected();
        assertThat(kept.getStringProperty("drm_refusal")).startsWith("[OBJECT_MESSAGE_REFUSED]");
        assertThat(Trap.sprung).isFalse();
        assertThat(kept.getBody(byte[].class)).as("the object, still serialised").containsSequence(Trap.class.getName().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedRawMessageIsKeptWithItsEnvelope(Protocol protocol) throws Exception {
        send(protocol, session -> {
            Message message = bytes(session, "Subject: x\r\n\r\nx");
            message.setStringProperty("from", "shop@example.com");
            message.setStringProperty("to", "nobody");
            message.setStringProperty("campaign", "spring");
            return message;
        });
        Message kept = rejected();
        assertThat(kept.getStringProperty("drm_refusal")).startsWith("[ADDRESS_MALFORMED]");
        assertThat(kept.getStringProperty("drm_submitted_to")).isEqualTo("nobody");
        assertThat(kept.getStringProperty("drm_submitted_from")).isEqualTo("shop@example.com");
        assertThat(kept.getStringProperty("drm_submitted_campaign")).isEqualTo("spring");
        assertThat(kept.getBody(byte[].class)).asString(StandardCharsets.UTF_8).isEqualTo("Subject: x\r\n\r\nx");
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedSubmissionIsKeptWithItsReason(Protocol protocol) throws Exception {
        send(protocol, session -> session.createTextMessage("{\"from\":\"shop@example.com\",\"to\":\"nobody\",\"text\":\"x\"}"));
        assertThat(rejection()).startsWith("[ADDRESS_MALFORMED]").contains("nobody");
    }

    /** Trap 5: what the broker would turn down at the commit, time after time, is refused once. */
    @ParameterizedTest
    @EnumSource
    void aSecondSubmissionOfOneIdIsRefusedAsADuplicate(Protocol protocol) throws Exception {
        String to = protocol.recipient("twice");
        String json = TestProgram.json(to).replaceFirst("\\{", "{\"message_id\":\"twice-" + protocol + "\",");
        send(protocol, session -> session.createTextMessage(json));
        assertArrivesOnce(to);
        send(protocol, session -> session.createTextMessage(json));
        assertThat(rejection()).startsWith("[MESSAGE_DUPLICATE]");
        assertThat(program.arrivals()).containsEntry(to, 1);
    }

    /** Traps 1 and 2: taking the submission and putting its messages on the lanes is one commit. */
    @Test
    void aSubmissionOfWhichOnePartCannotBeEnqueuedStaysWhole() throws Exception {
        var broker = Objects.requireNonNull(program.wiring().broker());
        try (BrokerFault fault = BrokerFault.refusing(broker, queue -> queue.equals("mail.lane.yahoo"))) {
            send(Protocol.CORE, session -> session.createTextMessage(TestProgram.json("whole@gmail.com", "whole@yahoo.com")));
            await().atMost(TestProgram.PATIENCE).until(() -> fault.refusals() > 0);
            await().atMost(TestProgram.PATIENCE).until(() -> program.depth("mail.submit") == 1);
            assertThat(program.arrivals()).doesNotContainKeys("whole@gmail.com", "whole@yahoo.com");
        }
        program.awaitArrivals(List.of("whole@gmail.com", "whole@yahoo.com"));
        assertThat(program.arrivals()).containsEntry("whole@gmail.com", 1).containsEntry("whole@yahoo.com", 1);
    }

    private static void assertArrivesOnce(String to) {
        await().atMost(TestProgram.PATIENCE).until(() -> program.arrivals().containsKey(to));
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where recipient = '" + to + "' and kind = 'delivered'") == 1);
        assertThat(program.arrivals()).containsEntry(to, 1);
    }

    private static String rejection() throws JMSException {
        return rejected().getStringProperty("drm_refusal");
    }

    private static Message rejected() {
        Message kept = program.jms().receive("mail.rejected");
        assertThat(kept).as("a message in mail.rejected").isNotNull();
        return kept;
    }

    private static Message bytes(Session session, String text) throws JMSException {
        var message = session.createBytesMessage();
        message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return message;
    }

    private static Message named(Message message, String name, String value) throws JMSException {
        message.setStringProperty(name, value);
        return message;
    }

    private static void send(Protocol protocol, Maker maker) throws JMSException {
        try (Connection connection = protocol.factory().createConnection(); Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                var producer = session.createProducer(session.createQueue("mail.submit"))) {
            producer.send(maker.make(session));
        }
    }
}
