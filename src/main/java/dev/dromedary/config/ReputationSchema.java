package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code reputation}. */
final class ReputationSchema {
    private ReputationSchema() {
    }

    static Section section() {
        return new Section("reputation", "What providers make of our mail. See [reputation](reputation.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force.")));
    }

    static ReputationSettings bind(Settings settings) {
        return new ReputationSettings(settings.flag("enabled"));
    }
}
