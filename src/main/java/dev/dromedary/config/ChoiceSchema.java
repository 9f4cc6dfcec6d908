package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code choice}. */
final class ChoiceSchema {
    private ChoiceSchema() {
    }

    static Section section() {
        return new Section("choice", "How a pool is taken among those with room. See [reputation](reputation.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force.")));
    }

    static ChoiceSettings bind(Settings settings) {
        return new ChoiceSettings(settings.flag("enabled"));
    }
}
