package dev.dromedary.message;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the submitter asks for should delivery take long or fail.
 *
 * @param maxAge after which the message is given up, counted from when it is accepted or due; null for the configured one
 * @param dsn    whether the sender gets a report of the failure; null where the configuration says
 */
public record DeliveryTerms(@Nullable Duration maxAge, @Nullable Dsn dsn) {
    public static final DeliveryTerms NONE = new DeliveryTerms(null, null);

    /** @param maxAgeSeconds above 0, or null; @param dsn the id of one, or null */
    public static DeliveryTerms of(@Nullable Integer maxAgeSeconds, @Nullable String dsn) {
        return maxAgeSeconds == null && dsn == null ? NONE : new DeliveryTerms(maxAgeSeconds == null ? null : Duration.ofSeconds(maxAgeSeconds), dsn == null ? null : Dsn.ofId(dsn));
    }

    public @Nullable Integer maxAgeSeconds() {
        return maxAge == null ? null : (int) maxAge.toSeconds();
    }

    public @Nullable String dsnId() {
        return dsn == null ? null : dsn.id();
    }

    /** When a delivery status notification (RFC 3464) is sent. */
    public enum Dsn {
        NEVER, FAILURE;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Dsn ofId(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }
}
