package dev.dromedary.store;

import dev.dromedary.message.DeliveryTerms;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message on a lane: its body is the RFC 5322 bytes, its envelope the properties {@code drm_*}, so that selectors can use them
 * ({@code drm_stream = 'marketing'}). Writes and reads these properties only, so none of the broker's own ({@code _AMQ_DUPL_ID} and the
 * like) can travel from one message to the next.
 */
public final class MessageCodec {
    /** Every property of ours starts with this. */
    public static final String PREFIX = "drm_";
    /** Why a message was set aside in {@link Queues#UNREADABLE}. */
    public static final String REASON = PREFIX + "reason_unreadable";
    /** The queue that it was set aside from. */
    public static final String ORIGIN = PREFIX + "origin";
    private static final String VERSION = PREFIX + "v";
    private static final int CURRENT_VERSION = 1;
    private static final String ID = PREFIX + "id";
    private static final String SUBMISSION = PREFIX + "submission";
    private static final String FROM = PREFIX + "from";
    private static final String TO = PREFIX + "to";
    private static final String PROVIDER = PREFIX + "provider";
    private static final String STREAM = PREFIX + "stream";
    private static final String CAMPAIGN = PREFIX + "campaign";
    private static final String TAGS = PREFIX + "tags";
    private static final String PRIORITY = PREFIX + "priority";
    private static final String MAX_RETRIES = PREFIX + "max_retries";
    private static final String ACCEPTED = PREFIX + "accepted";
    private static final String ATTEMPT = PREFIX + "attempt";
    private static final String MAX_AGE = PREFIX + "max_age";
    private static final String DSN = PREFIX + "dsn";
    private static final String SUBMITTED = PREFIX + "submitted";
    private static final String AVOID = PREFIX + "avoid";
    private static final String ROUTE = PREFIX + "route";

    private MessageCodec() {
    }

    /** The envelope as message properties or Camel headers; a new map that the caller may add to. */
    public static Map<String, Object> toHeaders(Envelope envelope) {
        var headers = new HashMap<String, Object>();
        headers.put(VERSION, CURRENT_VERSION);
        headers.put(ID, envelope.id());
        headers.put(SUBMISSION, envelope.submissionId());
        put(headers, FROM, envelope.from());
        headers.put(TO, envelope.to().toString());
        headers.put(PROVIDER, envelope.provider());
        headers.put(STREAM, envelope.stream());
        put(headers, CAMPAIGN, envelope.campaign());
        if (!envelope.tags().isEmpty()) {
            headers.put(TAGS, Texts.join(envelope.tags()));
        }
        headers.put(PRIORITY, envelope.priority());
        headers.put(MAX_RETRIES, envelope.maxRetries());
        headers.put(ACCEPTED, envelope.acceptedAt().toString());
        headers.put(ATTEMPT, envelope.attempt());
        terms(headers, envelope.terms());
        put(headers, AVOID, envelope.avoid());
        put(headers, ROUTE, envelope.route());
        put(headers, SUBMITTED, envelope.submittedAt());
        return headers;
    }

    /**
     * @param headers may hold others too; they are passed over
     * @param size    bytes of the body
     * @throws MalformedMessageException naming the property that is missing or cannot be read
     */
    public static Envelope fromHeaders(Map<String, ? extends @Nullable Object> headers, int size) {
        var in = new MessageProperties(headers);
        int version = in.integer(VERSION);
        if (version != CURRENT_VERSION) {
            throw new MalformedMessageException(VERSION, version + ", a version this release does not know");
        }
        String from = in.optional(FROM);
        String tags = in.optional(TAGS);
        return new Envelope(in.text(ID), in.text(SUBMISSION), from == null ? null : address(FROM, from), address(TO, in.text(TO)), in.text(PROVIDER), in.text(STREAM),
                in.optional(CAMPAIGN), tags == null ? List.of() : Texts.split(tags), in.integer(PRIORITY), in.integer(MAX_RETRIES), in.time(ACCEPTED), in.integer(ATTEMPT), size,
                terms(in), in.optional(AVOID), in.optional(ROUTE),
                in.optional(SUBMITTED) == null ? null : in.time(SUBMITTED));
    }

    /** Most messages have none, and then cost nothing. */
    private static void terms(Map<String, Object> headers, DeliveryTerms terms) {
        Integer maxAge = terms.maxAgeSeconds();
        if (maxAge != null) {
            headers.put(MAX_AGE, maxAge);
        }
        put(headers, DSN, terms.dsnId());
    }

    private static DeliveryTerms terms(MessageProperties in) {
        return DeliveryTerms.of(in.optionalInteger(MAX_AGE), in.optional(DSN));
    }

    /** A new persistent message; sending it is the caller's. */
    public static BytesMessage toMessage(Session session, Envelope envelope, byte[] body) throws JMSException {
        return toMessage(session, toHeaders(envelope), body);
    }

    static BytesMessage toMessage(Session session, Map<String, Object> properties, byte[] body) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            message.setObjectProperty(property.getKey(), property.getValue());
        }
        message.writeBytes(body);
        return message;
    }

    /** @throws MalformedMessageException for anything but a message of ours */
    public static Envelope envelope(Message message) throws JMSException {
        return fromHeaders(properties(message), Math.toIntExact(bytes(message).getBodyLength()));
    }

    /** @throws MalformedMessageException when it is no bytes message: an object message is never deserialised */
    public static byte[] body(Message message) throws JMSException {
        byte[] body = bytes(message).getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }

    private static BytesMessage bytes(Message message) {
        if (message instanceof BytesMessage bytes) {
            return bytes;
        }
        throw new MalformedMessageException("body", "a " + message.getClass().getSimpleName());
    }

    /** Our own properties of a message, and no others. */
    public static Map<String, Object> properties(Message message) throws JMSException {
        var properties = new HashMap<String, Object>();
        for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements();) {
            if (names.nextElement() instanceof String text && text.startsWith(PREFIX)) {
                properties.put(text, message.getObjectProperty(text));
            }
        }
        return properties;
    }

    private static void put(Map<String, Object> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.put(name, value.toString());
        }
    }

    /** Split, not parsed again: it was valid when it was accepted, and must come out as it went in. */
    private static EmailAddress address(String property, String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0 || at == text.length() - 1) {
            throw new MalformedMessageException(property, text);
        }
        return new EmailAddress(text.substring(0, at), text.substring(at + 1));
    }
}
