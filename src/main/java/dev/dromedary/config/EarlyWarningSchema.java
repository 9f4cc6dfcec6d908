package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code early-warning}. */
final class EarlyWarningSchema {
    private EarlyWarningSchema() {
    }

    static Section section() {
        return new Section("early-warning", "Declines seen before a block. See [early warning](early-warning.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force.")));
    }

    static EarlyWarningSettings bind(Settings settings) {
        return new EarlyWarningSettings(settings.flag("enabled"));
    }
}
