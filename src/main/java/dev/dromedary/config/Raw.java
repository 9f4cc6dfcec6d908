package dev.dromedary.config;

import java.util.List;
import java.util.Map;

/** What a YAML file says, with lines, before it is known what it means. Line 0 marks what the program adds of itself. */
sealed interface Raw {
    int line();

    /** @param entries in file order */
    record Mapping(Map<String, Raw> entries, int line) implements Raw {
        static Mapping of(Map<String, Raw> entries) {
            return new Mapping(entries, 0);
        }
    }

    record Sequence(List<Raw> items, int line) implements Raw {
    }

    record Text(String text, int line) implements Raw {
        static Text of(String text) {
            return new Text(text, 0);
        }
    }

    /** A key with nothing behind it. */
    record Empty(int line) implements Raw {
    }
}
