package dev.dromedary.camel;

import dev.dromedary.ingress.Way;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.monitor.Meters;
import dev.dromedary.store.Queues;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;

/**
 * Reads what producers put on {@code mail.submit}: a JSON object as text or bytes, or RFC 5322 bytes with the envelope in the
 * properties {@code from} and {@code to} (comma separated). Nothing but text and bytes is opened, so an ObjectMessage is never deserialised.
 */
public final class SubmitStep {
    private static final String ORIGINAL = "original";
    private static final String MESSAGE_ID = "messageId";

    private final SubmissionReader reader;
    private final int limit;
    private final Meters meters;

    /** @param limit octets of a body */
    SubmitStep(SubmissionReader reader, int limit, Meters meters) {
        this.reader = reader;
        this.limit = limit;
        this.meters = meters;
    }

    public void read(Exchange exchange) throws JMSException {
        Message jms = exchange.getMessage(JmsMessage.class).getJmsMessage();
        Submitted submitted = Submitted.read(jms, limit);
        exchange.setProperty(ORIGINAL, submitted);
        if (!submitted.readable()) {
            throw new RefusedException(RefusalCode.OBJECT_MESSAGE_REFUSED, "JMS message", submitted.type(), "send a TextMessage or a BytesMessage");
        }
        Submission submission = isJson(submitted) ? reader.readJson(submitted.body()) : readRaw(submitted);
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
        Submitted original = exchange.getProperty(ORIGINAL, Submitted.class);
        meters.refused(Way.JMS.id(), refused.refusal().code().name());
        var headers = new HashMap<String, Object>();
        original.properties().forEach((name, value) -> headers.put("drm_submitted_" + name, value));
        headers.put("drm_refusal", refused.refusal().text());
        exchange.getMessage().setBody(List.of(new Parcel(Queues.REJECTED, headers, original.body())));
    }

    private Submission readRaw(Submitted submitted) {
        var fields = new HashMap<>(submitted.properties());
        fields.keySet().retainAll(Submitted.FIELDS);
        String to = submitted.properties().get("to");
        List<String> recipients = to == null ? List.of() : Arrays.stream(to.split(",")).map(String::strip).toList();
        return reader.readRaw(submitted.body(), submitted.properties().get("from"), recipients, fields);
    }

    /** Raw messages come with their recipients as a property; a header section cannot begin with a brace. */
    private static boolean isJson(Submitted submitted) {
        if (submitted.properties().containsKey("to")) {
            return false;
        }
        for (byte b : submitted.body()) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{' || b == '[';
            }
        }
        return true;
    }
}
