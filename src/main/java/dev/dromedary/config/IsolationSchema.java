package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.time.Duration;
import java.util.List;

/** The keys under {@code isolation}. */
final class IsolationSchema {
    private static final String KEY = "isolation";
    private static final ValueType<Double> PER_CENT = ValueTypes.decimal(0.01, 100);

    private IsolationSchema() {
    }

    static Section section() {
        return new Section(KEY, "What keeps bad mail from harming the good. See [isolation](isolation.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether a campaign whose shares break these limits is paused by itself."),
                of("streams", ValueTypes.FLAG, "false", "Whether a stream is paused too."),
                of("senders", ValueTypes.FLAG, "false", "Whether a sender's domain is paused too."),
                of("floor", ValueTypes.whole(20, 1_000_000), "100", "Messages accepted, bounced or blocked before the shares of a campaign count; of a stream or sender, ten times as many."),
                of("bounce-limit", PER_CENT, "5", "Per cent refused because the recipient is unknown."),
                of("block-limit", PER_CENT, "5", "Per cent refused as spam or for the pool's sake."),
                of("complaint-limit", PER_CENT, "0.3", "Complaints, per cent of what was accepted. Gmail, Yahoo and Microsoft ask for less than 0.3."),
                of("complaint-floor", ValueTypes.whole(100, 100_000_000), "1000", "Accepted messages before complaints count."),
                of("confidence", ValueTypes.decimal(90, 99.999), "99.5", "Per cent of certainty that the share is above its limit. More is slower, and errs less."),
                of("hold", ValueTypes.duration("1m", "365d"), "24h", "How long the pause lasts where nobody ends it; at most holds.max."),
                of("window", ValueTypes.duration("1h", "365d"), "24h", "After which counting begins anew."),
                of("content", ValueTypes.FLAG, "true", "Whether outcomes are counted by template, links and shape of the content.")));
    }

    static IsolationSettings bind(Settings settings) {
        return new IsolationSettings(settings.flag("enabled"), settings.flag("streams"), settings.flag("senders"), settings.number("floor"),
                settings.decimal("bounce-limit") / 100, settings.decimal("block-limit") / 100, settings.decimal("complaint-limit") / 100, settings.number("complaint-floor"),
                settings.decimal("confidence") / 100, settings.duration("hold"), settings.duration("window"), settings.flag("content"));
    }

    static void lint(Settings root, Findings findings) {
        Settings settings = root.section(KEY);
        Duration most = root.section("holds").duration("max");
        if (settings.duration("hold").compareTo(most) > 0) {
            findings.warning(ConfigCode.LIMIT_NEVER_BINDS, settings.place("hold"), settings.path("hold"), settings.duration("hold") + " is more than holds.max", "lower it, or raise holds.max; until then holds.max holds");
        }
    }
}
