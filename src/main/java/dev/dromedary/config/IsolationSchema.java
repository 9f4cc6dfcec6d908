package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code isolation}. */
final class IsolationSchema {
    private IsolationSchema() {
    }

    static Section section() {
        return new Section("isolation", "What keeps bad mail from harming the good. See [isolation](isolation.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force.")));
    }

    static IsolationSettings bind(Settings settings) {
        return new IsolationSettings(settings.flag("enabled"));
    }
}
