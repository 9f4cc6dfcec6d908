package dev.dromedary.suppression;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One address that gets no mail.
 *
 * @param address in lower case
 * @param stream  null for every stream
 * @param reason  a word such as {@code userunknown}, {@code complaint} or {@code manual}
 * @param detail  readable, such as the server's reply; may be empty
 * @param expires null for never
 */
public record Suppression(String address, @Nullable String stream, String reason, String detail, Origin origin, Instant since, @Nullable Instant expires) {

    /** How it came about. */
    public enum Origin {
        REFUSAL, COMPLAINT, MANUAL, IMPORT;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Origin ofId(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    public Suppression {
        address = folded(address);
    }

    /** Local parts that differ in case only are one mailbox nearly everywhere; better no mail to both. */
    static String folded(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
