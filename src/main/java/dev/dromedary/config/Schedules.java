package dev.dromedary.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The retry schedules that were given, by what they are for. */
public record Schedules(Map<Scope, Waits> given) {
    static final Schedules NONE = new Schedules(Map.of());

    /** @param provider id, or null for every one; @param category id of a retryable category, or null for every one */
    public record Scope(@Nullable String provider, @Nullable String category) {
        /** As in the file. */
        @Override
        public String toString() {
            return (provider == null ? "retry" : "providers." + provider + ".retry") + (category == null ? ".schedule" : ".by-category." + category);
        }
    }

    public Schedules {
        given = Map.copyOf(given);
    }

    /** The most specific one: of the provider and category, of the provider, of the category, or the general one; null where none is given. */
    public @Nullable Waits find(String provider, String category) {
        for (Scope scope : new Scope[] {new Scope(provider, category), new Scope(provider, null), new Scope(null, category), new Scope(null, null)}) {
            Waits waits = given.get(scope);
            if (waits != null) {
                return waits;
            }
        }
        return null;
    }
}
