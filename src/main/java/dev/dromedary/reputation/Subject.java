package dev.dromedary.reputation;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whose reputation it is, and with whom.
 *
 * @param provider or null: with all of them together
 */
public record Subject(Kind kind, String name, @Nullable String provider) {
    public enum Kind {
        POOL,
        SENDER_DOMAIN,
        STREAM,
        CAMPAIGN;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Or null where there is none. */
        public static @Nullable Kind ofId(String id) {
            return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst().orElse(null);
        }
    }

    @Override
    public String toString() {
        return kind.id() + " " + name + (provider == null ? "" : " to " + provider);
    }
}
