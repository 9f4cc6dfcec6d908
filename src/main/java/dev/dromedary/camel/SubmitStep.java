package dev.dromedary.camel;

import dev.dromedary.ingress.Way;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.monitor.Meters;
import dev.dromedary.store.Queues;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads what producers put on {@code mail.submit}: a JSON object as text or bytes, or RFC 5322 bytes with the envelope in the
 * properties {@code from} and {@code to} (comma separated). Nothing but text and bytes is opened, so an ObjectMessage is never deserialised.
 */
public final class SubmitStep {
    private static final List<String> PROPERTIES = List.of("message_id", "stream", "campaign", "tags", "priority", "scheduled_time", "max_retries", "max_age", "dsn");

    private static final String ORIGINAL = "original";
    private static final String MESSAGE_ID = "messageId";

    private final SubmissionReader reader;
    private final Meters meters;

    SubmitStep(SubmissionReader reader, Meters meters) {
        this.reader = reader;
        this.meters = meters;
    }

    public void read(Exchange exchange) throws JMSException {
        Message jms = exchange.getMessage(JmsMessage.class).getJmsMessage();
        byte[] body = body(jms);
        exchange.setProperty(ORIGINAL, body);
        Submission submission = isJson(body) && text(jms, "to") == null ? reader.readJson(body) : readRaw(jms, body);
        if (submission.messageId() != null && jms.getJMSRedelivered()) {
            exchange.setProperty(MESSAGE_ID, submission.messageId());
            OneCommit.apart(exchange);
        }
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(new AcceptStep.Request(submission, Way.JMS, null));
    }

    /** Keeps a refused original where it can be looked at, since a queue has no caller to tell. */
    public void refused(Exchange exchange) {
        RefusedException refused = AcceptPort.asRefusal(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class), exchange.getProperty(MESSAGE_ID, String.class));
        byte[] original = exchange.getProperty(ORIGINAL, new byte[0], byte[].class);
        meters.refused(Way.JMS.id(), refused.refusal().code().name());
        exchange.getMessage().setBody(List.of(new Parcel(Queues.REJECTED, Map.of("drm_refusal", refused.refusal().text()), original)));
    }

    private Submission readRaw(Message jms, byte[] body) throws JMSException {
        var properties = new HashMap<String, String>();
        for (String name : PROPERTIES) {
            String value = text(jms, name);
            if (value != null) {
                properties.put(name, value);
            }
        }
        String to = text(jms, "to");
        List<String> recipients = to == null ? List.of() : Arrays.stream(to.split(",")).map(String::strip).toList();
        return reader.readRaw(body, text(jms, "from"), recipients, properties);
    }

    private static byte[] body(Message jms) throws JMSException {
        if (jms instanceof TextMessage text && text.getText() != null) {
            return text.getText().getBytes(StandardCharsets.UTF_8);
        }
        if (jms instanceof BytesMessage bytes) {
            byte[] body = new byte[(int) bytes.getBodyLength()];
            bytes.reset();
            bytes.readBytes(body);
            return body;
        }
        throw new RefusedException(RefusalCode.OBJECT_MESSAGE_REFUSED, "JMS message", jms.getClass().getSimpleName(), "send a TextMessage or a BytesMessage");
    }

    private static boolean isJson(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{' || b == '[';
            }
        }
        return true;
    }

    private static @Nullable String text(Message jms, String name) throws JMSException {
        Object value = jms.getObjectProperty(name);
        return value == null ? null : value.toString();
    }
}
