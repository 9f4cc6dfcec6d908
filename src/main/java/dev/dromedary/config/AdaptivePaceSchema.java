package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code adaptive-pace}. */
final class AdaptivePaceSchema {
    private AdaptivePaceSchema() {
    }

    static Section section() {
        return new Section("adaptive-pace", "The pace of each pool towards each provider, below the ceilings. See [adaptive pace](adaptive-pace.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force.")));
    }

    static AdaptivePaceSettings bind(Settings settings) {
        return new AdaptivePaceSettings(settings.flag("enabled"));
    }
}
