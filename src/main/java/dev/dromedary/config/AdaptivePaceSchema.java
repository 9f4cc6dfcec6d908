package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.time.Duration;
import java.util.List;

/** The keys under {@code adaptive-pace}. */
final class AdaptivePaceSchema {
    private static final ValueType<Double> SHARE = ValueTypes.decimal(0.05, 0.95);

    private AdaptivePaceSchema() {
    }

    static Section section() {
        return new Section("adaptive-pace", "The pace of each pool towards each provider, below the ceilings. See [adaptive pace](adaptive-pace.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force."),
                of("tolerance", ValueTypes.whole(1, 50), "5", "Per cent of the attempts that may be deferred or blocked; more, and the pace is cut."),
                of("evidence", ValueTypes.whole(1, 1000), "5", "So many deferred or blocked attempts are needed for a cut; three are enough where they are half of all."),
                of("cut", SHARE, "0.7", "What is left of the pace after a cut. It is less where the provider took less than that."),
                of("cut-blocked", SHARE, "0.5", "The same where most of the evidence are blocks."),
                of("cut-every", ValueTypes.duration("1s", "1d"), "60s", "The shortest time from one cut to the next."),
                of("raise-by", ValueTypes.whole(1, 100), "10", "Per cent by which it is raised, of what the provider last took."),
                of("raise-every", ValueTypes.duration("1s", "1d"), "5m", "The shortest time from a cut or raise to the next raise, up to what the provider last took."),
                of("probe-every", ValueTypes.duration("1s", "7d"), "1h", "The shortest time from a cut until more than the provider last took is tried."),
                of("floor", ValueTypes.RATE, "1/min", "It is never cut below this, so that the provider is always asked."),
                of("include-other", ValueTypes.FLAG, "false", "Whether it also holds for `other`: all domains that no provider claims, as if they were one.")));
    }

    static AdaptivePaceSettings bind(Settings settings) {
        return new AdaptivePaceSettings(settings.flag("enabled"), settings.number("tolerance"), settings.number("evidence"), settings.decimal("cut"),
                settings.decimal("cut-blocked"), settings.duration("cut-every"), settings.number("raise-by"), settings.duration("raise-every"),
                settings.duration("probe-every"), settings.choice("floor", Rate.class), settings.flag("include-other"));
    }

    /** What contradicts itself although each value is right. */
    static void check(Settings settings, Findings findings) {
        notBelow(settings, "raise-every", "cut-every", findings);
        notBelow(settings, "probe-every", "raise-every", findings);
        if (settings.decimal("cut-blocked") > settings.decimal("cut")) {
            findings.error(ConfigCode.OUT_OF_RANGE, settings.place("cut-blocked"), settings.path("cut-blocked"),
                    settings.decimal("cut-blocked") + " leaves more than cut (" + settings.decimal("cut") + ")", "write at most " + settings.decimal("cut"));
        }
    }

    private static void notBelow(Settings settings, String key, String least, Findings findings) {
        Duration value = settings.duration(key);
        if (value.compareTo(settings.duration(least)) < 0) {
            findings.error(ConfigCode.OUT_OF_RANGE, settings.place(key), settings.path(key), DurationText.print(value) + " is less than " + settings.path(least),
                    "write at least " + DurationText.print(settings.duration(least)));
        }
    }
}
