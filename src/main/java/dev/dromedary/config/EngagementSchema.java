package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code engagement}. */
final class EngagementSchema {
    private EngagementSchema() {
    }

    static Section section() {
        return new Section("engagement", "When recipients read, for mail that asks for its best hour. See [engagement](engagement.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is learned and used; without it, mail that asks for its best hour goes at once."),
                of("half-life", ValueTypes.duration("1d", "365d"), "60d", "After this, an event counts half."),
                of("keep", ValueTypes.duration("7d", "730d"), "180d", "A recipient of whom nothing more is heard for this long is forgotten."),
                of("machine-window", ValueTypes.duration("1s", "1h"), "1m", "Opens and clicks this soon after delivery are a machine's and count nothing."),
                of("evidence", ValueTypes.whole(1, 1_000), "5", "What is known of a recipient, in opens, before its own hours decide; of all mail, twenty times as much."),
                of("explore", ValueTypes.decimal(0, 50), "5", "Per cent of messages sent at an hour taken at random, so that new habits are seen.")));
    }

    static EngagementSettings bind(Settings settings) {
        return new EngagementSettings(settings.flag("enabled"), settings.duration("half-life"), settings.duration("keep"), settings.duration("machine-window"),
                settings.number("evidence"), settings.decimal("explore") / 100);
    }
}
