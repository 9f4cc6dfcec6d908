package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code warm-up}. */
final class WarmUpSchema {
    private WarmUpSchema() {
    }

    static Section section() {
        return new Section("warm-up", "How new pools are brought to volume. See [warm-up](warm-up.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force.")));
    }

    static WarmUpSettings bind(Settings settings) {
        return new WarmUpSettings(settings.flag("enabled"));
    }
}
