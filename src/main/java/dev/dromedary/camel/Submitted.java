package dev.dromedary.camel;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a producer put on {@code mail.submit}, read without deserialising anything.
 *
 * @param body       octets of the text, of the bytes, or of whatever the broker holds where it is neither
 * @param readable   false where it is neither text nor bytes
 * @param properties those of a submission, as text
 */
record Submitted(byte[] body, boolean readable, String type, Map<String, String> properties) {
    static final List<String> ENVELOPE = List.of("from", "to");
    static final List<String> FIELDS = List.of("message_id", "stream", "campaign", "tags", "priority", "scheduled_time", "max_retries", "max_age", "dsn", "send_time", "within");

    /**
     * @param limit octets
     * @throws IllegalStateException for a larger body: it is left to the broker, which after its last delivery keeps it in
     *                               {@code mail.dlq}, for it cannot be held here to be set aside
     */
    static Submitted read(Message jms, int limit) throws JMSException {
        long size = jms instanceof ActiveMQMessage message ? message.getCoreMessage().getBodySize() : 0;
        if (size > limit) {
            throw new IllegalStateException("[BODY_TOO_LARGE] mail.submit: a message of %d octets; at most %d are read; it goes to mail.dlq; send less, or raise http.max-body"
                    .formatted(size, limit));
        }
        var properties = new HashMap<String, String>();
        for (List<String> names : List.of(ENVELOPE, FIELDS)) {
            for (String name : names) {
                Object value = jms.getObjectProperty(name);
                if (value != null) {
                    properties.put(name, value.toString());
                }
            }
        }
        byte[] body = body(jms);
        return new Submitted(body == null ? raw(jms) : body, body != null, jms.getClass().getSimpleName(), properties);
    }

    private static byte @Nullable [] body(Message jms) throws JMSException {
        if (jms instanceof TextMessage text && text.getText() != null) {
            return text.getText().getBytes(StandardCharsets.UTF_8);
        }
        if (jms instanceof BytesMessage bytes) {
            byte[] body = new byte[(int) bytes.getBodyLength()];
            bytes.reset();
            bytes.readBytes(body);
            return body;
        }
        return null;
    }

    /** As the broker holds it: of an ObjectMessage its length and the serialised object. */
    private static byte[] raw(Message jms) {
        if (!(jms instanceof ActiveMQMessage message)) {
            return new byte[0];
        }
        ActiveMQBuffer buffer = message.getCoreMessage().getReadOnlyBodyBuffer();
        byte[] raw = new byte[buffer.readableBytes()];
        buffer.readBytes(raw);
        return raw;
    }
}
