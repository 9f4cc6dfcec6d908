package dev.dromedary.store;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts messages from the database back on their lanes, each at most once. Safe for use by many threads. */
public final class LaneSender {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
    private final ConnectionFactory factory;

    public LaneSender(ConnectionFactory factory) {
        this.factory = factory;
    }

    /**
     * Returns when the broker has all of them on disk.
     *
     * @throws StorageException when the broker is away; some may have been taken, and are dropped as duplicates when sent again
     */
    public void send(List<LaneMessage> messages) {
        try {
            sendTogether(messages);
        } catch (JMSException e) {
            // A known duplicate id makes the broker roll back the whole transaction, and would do so for ever. Outside a transaction it
            // drops that one message without an error, which is what is wanted.
            LOG.debug("a batch of {} was not taken, sending its messages one by one", messages.size(), e);
            sendOneByOne(messages);
        }
    }

    private void sendTogether(List<LaneMessage> messages) throws JMSException {
        try (Connection connection = factory.createConnection(); Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            boolean done = false;
            try {
                send(session, messages);
                session.commit();
                done = true;
            } finally {
                if (!done) {
                    session.rollback();
                }
            }
        }
    }

    private void sendOneByOne(List<LaneMessage> messages) {
        try (Connection connection = factory.createConnection(); Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            send(session, messages);
        } catch (JMSException e) {
            throw new StorageException("[BROKER_UNAVAILABLE] lanes: " + e.getMessage() + "; the messages stay in the database until the broker takes them", e);
        }
    }

    private static void send(Session session, List<LaneMessage> messages) throws JMSException {
        for (LaneMessage message : messages) {
            Message sent = MessageCodec.toMessage(session, message.envelope(), message.body());
            sent.setStringProperty(DUPLICATE_ID, message.duplicateId());
            try (MessageProducer producer = session.createProducer(session.createQueue(Queues.lane(message.envelope())))) {
                producer.setDeliveryMode(DeliveryMode.PERSISTENT);
                producer.send(sent);
            }
        }
    }
}
