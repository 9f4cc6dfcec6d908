package dev.dromedary.retry;

import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import dev.dromedary.store.LaneMessage;
import dev.dromedary.store.MessageCodec;
import dev.dromedary.store.MessageProperties;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits until its next attempt.
 *
 * @param envelope   as it goes back to the lane: its attempt is the one to come
 * @param deferredAt when it was decided that it waits; a later decision for the same attempt replaces an earlier one
 * @param reason     readable
 * @param category   of the reply that deferred it, or null where there was none
 * @param pool       the pool tried last, or null
 * @param code       SMTP reply code, or 0
 */
public record DeferredMessage(
        Envelope envelope, byte[] body, Kind kind, Instant nextAttempt, Instant deferredAt, String reason, @Nullable Category category, @Nullable String pool, int code) {
    private static final String KIND = MessageCodec.PREFIX + "wait_kind";
    private static final String NEXT = MessageCodec.PREFIX + "wait_until";
    private static final String SINCE = MessageCodec.PREFIX + "wait_since";
    private static final String REASON = MessageCodec.PREFIX + "wait_reason";
    private static final String CATEGORY = MessageCodec.PREFIX + "wait_category";
    private static final String POOL = MessageCodec.PREFIX + "wait_pool";
    private static final String CODE = MessageCodec.PREFIX + "wait_code";

    /** Why it waits: refused for now, not due yet, or no room under a pace. */
    public enum Kind {
        DEFERRED, SCHEDULED, PACED;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofId(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** Properties of a message on {@code mail.deferred}, whose body is {@link #body()}. */
    public Map<String, Object> toHeaders() {
        var headers = new HashMap<String, Object>(MessageCodec.toHeaders(envelope));
        headers.put(KIND, kind.id());
        headers.put(NEXT, nextAttempt.toString());
        headers.put(SINCE, deferredAt.toString());
        headers.put(REASON, reason);
        headers.put(CODE, code);
        if (category != null) {
            headers.put(CATEGORY, category.id());
        }
        if (pool != null) {
            headers.put(POOL, pool);
        }
        return headers;
    }

    /** @throws RuntimeException naming the property that is missing or cannot be read */
    public static DeferredMessage fromHeaders(Map<String, ? extends @Nullable Object> headers, byte[] body) {
        var in = new MessageProperties(headers);
        String category = in.optional(CATEGORY);
        String reason = in.optional(REASON);
        return new DeferredMessage(MessageCodec.fromHeaders(headers, body.length), body, Kind.ofId(in.text(KIND)), in.time(NEXT), in.time(SINCE),
                reason == null ? "" : reason, category == null ? null : category(category), in.optional(POOL), in.integer(CODE));
    }

    static Category category(String id) {
        return Arrays.stream(Category.values()).filter(category -> category.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("[MESSAGE_MALFORMED] category: " + id + "; only Dromedary writes it"));
    }

    /**
     * For the way back to the lane. The id names this wait, not only the attempt: a message parked twice before the same attempt comes back
     * twice, while one wait handed over twice after a crash comes back once.
     */
    public LaneMessage toLane() {
        return new LaneMessage(category == Category.DEFER_OTHER_POOL ? envelope.avoiding(pool) : envelope, body, "retry:" + envelope.id() + ":" + envelope.attempt() + ":" + ChronoUnit.MICROS.between(Instant.EPOCH, deferredAt));
    }
}
