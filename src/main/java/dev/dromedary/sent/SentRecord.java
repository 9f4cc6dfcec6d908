package dev.dromedary.sent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt at the end of data.
 *
 * @param code     the reply's code, 0 for {@link Kind#STARTED}
 * @param enhanced RFC 3463 status of the reply, or null
 * @param text     the reply, cut to {@value #LONGEST_TEXT} characters
 * @param tookMillis from the choice of the pool to the reply
 */
public record SentRecord(SentKey key, Kind kind, String pool, int code, @Nullable String enhanced, String text, int tookMillis, Instant at) {
    static final int LONGEST_TEXT = 200;

    /** The numbers are those of the file: never change one. */
    public enum Kind {
        /** The end of data is about to be sent; without a later record of the attempt, it is in doubt. */
        STARTED(1),
        /** The server took the message. */
        TAKEN(2),
        /** The server refused the message: there is no doubt any more. */
        REFUSED(3);

        private final byte number;

        Kind(int number) {
            this.number = (byte) number;
        }

        byte number() {
            return number;
        }

        static @Nullable Kind of(byte number) {
            for (Kind kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            return null;
        }
    }

    public SentRecord {
        text = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    public boolean taken() {
        return kind == Kind.TAKEN;
    }
}
