package dev.dromedary.store;

import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message given up, and why; its bytes are kept beside it.
 *
 * @param envelope   as of its last attempt
 * @param code       SMTP reply code, or 0
 * @param enhanced   RFC 3463 status, or null
 * @param category   a category's id such as {@code permanent-recipient}, or null
 * @param replayedAt when it was last sent again, or null
 */
public record DeadLetter(
        Envelope envelope, Kind outcome, String reason, int code, @Nullable String enhanced, @Nullable String category, @Nullable String pool, Instant deadAt,
        @Nullable Instant replayedAt) {
    private static final String OUTCOME = MessageCodec.PREFIX + "dead_outcome";
    private static final String REASON = MessageCodec.PREFIX + "dead_reason";
    private static final String CODE = MessageCodec.PREFIX + "dead_code";
    private static final String ENHANCED = MessageCodec.PREFIX + "dead_enhanced";
    private static final String CATEGORY = MessageCodec.PREFIX + "dead_category";
    private static final String POOL = MessageCodec.PREFIX + "dead_pool";
    private static final String AT = MessageCodec.PREFIX + "dead_at";

    /** Refused for good, out of time or retries, stopped by a fault of our own, or held because nobody knows whether it arrived. */
    public enum Kind {
        BOUNCED, EXPIRED, FAULTED, IN_DOUBT;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind ofId(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** With the message's bytes. */
    public record Whole(DeadLetter letter, byte[] body) {

        /** @throws RuntimeException naming the property of a message on {@code mail.dead} that is missing or cannot be read */
        public static Whole fromHeaders(Map<String, ? extends @Nullable Object> headers, byte[] body) {
            var in = new MessageProperties(headers);
            String reason = in.optional(REASON);
            return new Whole(new DeadLetter(MessageCodec.fromHeaders(headers, body.length), Kind.ofId(in.text(OUTCOME)), reason == null ? "" : reason, in.integer(CODE),
                    in.optional(ENHANCED), in.optional(CATEGORY), in.optional(POOL), in.time(AT), null), body);
        }

        /**
         * For another round. The attempt goes on counting, so that the events of the new round stand beside the old ones.
         *
         * @param maxRetries attempts allowed after the first of the new round
         */
        public LaneMessage toLane(int maxRetries, Instant now) {
            Envelope old = letter.envelope();
            int next = old.attempt() + 1;
            var envelope = new Envelope(old.id(), old.submissionId(), old.from(), old.to(), old.provider(), old.stream(), old.campaign(), old.tags(), old.priority(),
                    next - 1 + maxRetries, now, next, old.size(), old.terms(), null);
            return new LaneMessage(envelope, body, "replay:" + old.id() + ":" + next);
        }
    }

    /** Properties of a message on {@code mail.dead}, whose body is the message's bytes. */
    public Map<String, Object> toHeaders() {
        var headers = new HashMap<String, Object>(MessageCodec.toHeaders(envelope));
        headers.put(OUTCOME, outcome.id());
        headers.put(REASON, reason);
        headers.put(CODE, code);
        headers.put(AT, deadAt.toString());
        put(headers, ENHANCED, enhanced);
        put(headers, CATEGORY, category);
        put(headers, POOL, pool);
        return headers;
    }

    private static void put(Map<String, Object> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}
