package dev.dromedary.camel;

import dev.dromedary.store.MessageCodec;
import dev.dromedary.store.Queues;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What there is of a message on a lane that is none of ours; it ends in the broker's dead-letter queue with the reason, as from a drain. */
record Unreadable(String lane, Parcel parcel) {
    private static final String PROPERTY = "unreadable";

    static Unreadable of(Message jms, Exception reason) throws JMSException {
        String lane = String.valueOf(jms.getJMSDestination()).replaceFirst(".*\\[(.*)]$", "$1");
        Map<String, Object> headers = MessageCodec.properties(jms);
        headers.put(MessageCodec.REASON, String.valueOf(reason.getMessage()));
        headers.put(MessageCodec.ORIGIN, lane);
        return new Unreadable(lane, new Parcel(Queues.UNREADABLE, headers, content(jms)));
    }

    static @Nullable Unreadable find(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Unreadable.class);
    }

    void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    private static byte[] content(Message jms) throws JMSException {
        if (jms instanceof TextMessage text) {
            return String.valueOf(text.getText()).getBytes(StandardCharsets.UTF_8);
        }
        return jms instanceof BytesMessage ? MessageCodec.body(jms) : new byte[0];
    }
}
