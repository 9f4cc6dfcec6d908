package dev.dromedary.store;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages received together in one transaction, each with the row it was read as. What cannot be read or written is set aside in the same transaction. */
final class DrainBatch<T> {
    private static final Logger LOG = LoggerFactory.getLogger(DrainBatch.class);
    /** Bytes of bodies held at a time: a batch of large messages ends early. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private final Session session;
    private final String queue;
    private final List<Message> messages = new ArrayList<>();
    private final List<T> rows = new ArrayList<>();
    private int received;

    private DrainBatch(Session session, String queue) {
        this.session = session;
        this.queue = queue;
    }

    static <T> DrainBatch<T> receive(Session session, MessageConsumer consumer, String queue, int limit, long waitMillis, RowDecoder<T> decoder) throws JMSException {
        var batch = new DrainBatch<T>(session, queue);
        long bytes = 0;
        Message message = consumer.receive(waitMillis);
        while (message != null) {
            bytes += batch.add(message, decoder);
            message = batch.received < limit && bytes < MAX_BYTES ? consumer.receiveNoWait() : null;
        }
        return batch;
    }

    private int add(Message message, RowDecoder<T> decoder) throws JMSException {
        received++;
        try {
            byte[] body = content(message);
            rows.add(decoder.decode(MessageCodec.properties(message), body));
            messages.add(message);
            return body.length;
        } catch (RuntimeException e) {
            setAside(message, e);
            return 0;
        }
    }

    /** All messages taken from the queue, unreadable ones included. */
    int received() {
        return received;
    }

    List<T> rows() {
        return rows;
    }

    void setAside(int index, Exception reason) throws JMSException {
        setAside(messages.get(index), reason);
    }

    private void setAside(Message message, Exception reason) throws JMSException {
        String text = String.valueOf(reason.getMessage());
        LOG.error("[MESSAGE_UNREADABLE] {}: {}; the message was moved to {}", queue, text, Queues.UNREADABLE);
        byte[] body = message instanceof BytesMessage || message instanceof TextMessage ? content(message) : new byte[0];
        // A new message with our properties only: a copy would take the broker's along, a duplicate-detection id among them.
        BytesMessage copy = MessageCodec.toMessage(session, MessageCodec.properties(message), body);
        copy.setStringProperty(MessageCodec.REASON, text);
        copy.setStringProperty(MessageCodec.ORIGIN, queue);
        try (var producer = session.createProducer(session.createQueue(Queues.UNREADABLE))) {
            producer.send(copy);
        }
    }

    private static byte[] content(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            return String.valueOf(text.getText()).getBytes(StandardCharsets.UTF_8);
        }
        return MessageCodec.body(message);
    }
}
