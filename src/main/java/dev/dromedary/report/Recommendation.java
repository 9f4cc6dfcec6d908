package dev.dromedary.report;

import java.util.List;
import java.util.Locale;

/**
 * What to do.
 *
 * @param restsOn the figures that it follows from
 */
public record Recommendation(Priority priority, String category, String description, String restsOn, List<String> actions) {
    public Recommendation {
        actions = List.copyOf(actions);
    }

    public enum Priority {
        HIGH, MEDIUM, LOW;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
