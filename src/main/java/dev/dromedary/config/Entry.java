package dev.dromedary.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of the configuration's shape, from which the reader and the reference in docs/configuration.md are made. */
sealed interface Entry {
    String name();

    String meaning();

    /** A mapping with known keys. */
    record Section(String name, String meaning, List<Entry> entries) implements Entry {
    }

    /** A list of mappings, each named by its first entry. */
    record Items(String name, String meaning, List<Entry> entries) implements Entry {
        String idKey() {
            return entries.get(0).name();
        }
    }

    /** A mapping from ids to mappings. */
    record Named(String name, String meaning, List<Entry> entries) implements Entry {
    }

    enum Trait {
        PLAIN,
        REQUIRED,
        /** Names its item; cannot be overridden. */
        NAME,
        /** Not repeated in problems, since people put the secret itself here by mistake. */
        DISCREET,
        /** As discreet, and accepted from the environment only. */
        SECRET
    }

    /**
     * A value, or a list of values.
     *
     * @param fallback the default as it would be written, or {@code @key} for that of another key, or null for none
     * @param many     true for a list; the environment gives it with commas
     */
    record Leaf(String name, ValueType<?> type, @Nullable String fallback, String meaning, Trait trait, boolean many) implements Entry {
        static Leaf of(String name, ValueType<?> type, @Nullable String fallback, String meaning) {
            return new Leaf(name, type, fallback, meaning, Trait.PLAIN, false);
        }

        static Leaf optional(String name, ValueType<?> type, String meaning) {
            return of(name, type, null, meaning);
        }

        static Leaf with(Trait trait, String name, ValueType<?> type, String meaning) {
            return new Leaf(name, type, null, meaning, trait, false);
        }

        static Leaf list(String name, ValueType<?> type, @Nullable String fallback, String meaning) {
            return new Leaf(name, type, fallback, meaning, Trait.PLAIN, true);
        }

        static Leaf requiredList(String name, ValueType<?> type, String meaning) {
            return new Leaf(name, type, null, meaning, Trait.REQUIRED, true);
        }

        boolean isRequired() {
            return trait == Trait.REQUIRED || trait == Trait.NAME;
        }

        /** True where a problem must not repeat the value. */
        boolean isDiscreet() {
            return trait == Trait.DISCREET || trait == Trait.SECRET;
        }
    }
}
