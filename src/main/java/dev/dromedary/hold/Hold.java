package dev.dromedary.hold;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that gets no mail for now, because an operator, or a breaker, said so.
 *
 * @param value   id of the pool, provider, stream or campaign, or the sender's domain
 * @param by      the name of the API key that it was made with
 * @param expires when it ends by itself
 */
public record Hold(long id, Kind kind, String value, Mode mode, String reason, String by, Instant since, Instant expires) {

    public enum Kind {
        POOL, PROVIDER, STREAM, CAMPAIGN, SENDER;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A pause starts nothing new; a drain, of a pool, also closes the connections that nobody uses. */
    public enum Mode {
        PAUSE, DRAIN;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Such as {@code pool:a}. */
    public String subject() {
        return subject(kind, value);
    }

    static String subject(Kind kind, String value) {
        return kind.id() + ":" + value;
    }

    /** For people: what is held, until when and why. */
    public String text() {
        return "%s %s is held until %s by %s: %s".formatted(kind.id(), value, expires, by, reason);
    }
}
