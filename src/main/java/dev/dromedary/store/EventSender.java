package dev.dromedary.store;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventCodec;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.Map;

/** Puts events of what happened outside of a route on {@code mail.event}, so that all go one way. Safe for use by many threads. */
public final class EventSender {
    private final ConnectionFactory factory;

    public EventSender(ConnectionFactory factory) {
        this.factory = factory;
    }

    /**
     * Returns when the broker has all of them on disk.
     *
     * @throws StorageException when the broker is away; then none is taken
     */
    public void send(List<DeliveryEvent> events) {
        try (Connection connection = factory.createConnection(); Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(Queues.EVENT))) {
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            for (DeliveryEvent event : events) {
                producer.send(MessageCodec.toMessage(session, Map.of(), EventCodec.encode(event)));
            }
            session.commit();
        } catch (JMSException e) {
            throw new StorageException("[BROKER_UNAVAILABLE] " + Queues.EVENT + ": " + e.getMessage() + "; nothing was changed, try again", e);
        }
    }
}
