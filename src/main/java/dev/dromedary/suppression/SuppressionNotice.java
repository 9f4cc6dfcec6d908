package dev.dromedary.suppression;

import dev.dromedary.store.MessageCodec;
import dev.dromedary.store.MessageProperties;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt says about its recipient: that it gets no more mail, or a strike, of which several suppress.
 *
 * @param stream null where it is meant for every stream
 * @param reason of the classification, such as {@code userunknown}
 * @param detail the server's reply
 */
public record SuppressionNotice(Kind kind, String address, @Nullable String stream, String reason, String detail, String messageId, Instant at) {
    private static final String KIND = MessageCodec.PREFIX + "sup_kind";
    private static final String ADDRESS = MessageCodec.PREFIX + "sup_address";
    private static final String STREAM = MessageCodec.PREFIX + "sup_stream";
    private static final String REASON = MessageCodec.PREFIX + "sup_reason";
    private static final String DETAIL = MessageCodec.PREFIX + "sup_detail";
    private static final String MESSAGE = MessageCodec.PREFIX + "sup_message";
    private static final String AT = MessageCodec.PREFIX + "sup_at";

    public enum Kind { PERMANENT, COMPLAINT, STRIKE }

    /** Properties of a message on {@code mail.suppression}, whose body is empty. */
    public Map<String, Object> toHeaders() {
        var headers = new HashMap<String, Object>();
        headers.put(KIND, kind.name().toLowerCase(Locale.ROOT));
        headers.put(ADDRESS, address);
        if (stream != null) {
            headers.put(STREAM, stream);
        }
        headers.put(REASON, reason);
        headers.put(DETAIL, detail);
        headers.put(MESSAGE, messageId);
        headers.put(AT, at.toString());
        return headers;
    }

    /** @throws RuntimeException naming the property that is missing or cannot be read */
    public static SuppressionNotice fromHeaders(Map<String, ? extends @Nullable Object> headers, byte[] body) {
        var in = new MessageProperties(headers);
        String detail = in.optional(DETAIL);
        return new SuppressionNotice(Kind.valueOf(in.text(KIND).toUpperCase(Locale.ROOT)), in.text(ADDRESS), in.optional(STREAM), in.text(REASON),
                detail == null ? "" : detail, in.text(MESSAGE), in.time(AT));
    }
}
