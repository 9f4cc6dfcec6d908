package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Schema.anyOf;

import dev.dromedary.config.DromedaryConfig.DoubtPolicy;
import dev.dromedary.config.Entry.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keys about mail of which it is not known whether it arrived, and what is made of them. */
final class DoubtSchema {
    private DoubtSchema() {
    }

    static Section inDoubt() {
        return new Section("in-doubt", "What becomes of a message where no answer came after the final dot, so that it may have arrived or not. See [delivery guarantees](delivery-guarantees.md).", List.of(
                of("default", ValueTypes.choice(DoubtPolicy.class), "retry",
                        "`retry`: sent again by schedule, with the same Message-ID; it may arrive twice. `hold`: kept as a dead letter for a person to replay or drop. "
                                + "`assume-delivered`: counted as delivered, in doubt, and not sent again; it may not have arrived."),
                anyOf("retry", ValueTypes.NAME, "Streams that are sent again."),
                anyOf("hold", ValueTypes.NAME, "Streams that are held."),
                anyOf("assume-delivered", ValueTypes.NAME, "Streams that are taken for delivered.")));
    }

    static Section sentLog() {
        return new Section("sent-log", "The record of what this node has just sent, in `sent-log` of the data folder, so that a crash does not make it send twice.", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether to write it. Without, what was sent is remembered in memory only."),
                of("keep", ValueTypes.whole(1_000, 200_000), "20000", "Messages remembered; more than are ever under way. Bounds memory (about 0.5 KB each) and disk (about 1 KB each)."),
                of("sync", ValueTypes.FLAG, "false", "Whether each record must be on the disk before the message counts as sent: then a power cut costs no more duplicates than a crash.")));
    }

    static DromedaryConfig.InDoubt inDoubt(Settings settings) {
        Map<String, DoubtPolicy> streams = new LinkedHashMap<>();
        for (DoubtPolicy policy : DoubtPolicy.values()) {
            settings.list(key(policy), String.class).forEach(stream -> streams.put(stream, policy));
        }
        return new DromedaryConfig.InDoubt(settings.choice("default", DoubtPolicy.class), Map.copyOf(streams));
    }

    static DromedaryConfig.SentLog sentLog(Settings settings) {
        return new DromedaryConfig.SentLog(settings.flag("enabled"), settings.number("keep"), settings.flag("sync"));
    }

    /** A stream has one policy. */
    static void check(Settings settings, Findings findings) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (DoubtPolicy policy : DoubtPolicy.values()) {
            for (String stream : settings.list(key(policy), String.class)) {
                String first = seen.putIfAbsent(stream, key(policy));
                if (first != null) {
                    findings.error(ConfigCode.DUPLICATE_ID, settings.place(key(policy)), settings.path(key(policy)), "\"" + stream + "\" is in " + settings.path(first) + " already",
                            "name each stream once");
                }
            }
        }
    }

    private static String key(DoubtPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
