package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The keys under {@code early-warning}. */
final class EarlyWarningSchema {
    private static final String KEY = "early-warning";
    private static final ValueType<Double> PER_CENT = ValueTypes.decimal(0.1, 100);
    private static final String STEPS_FORM = "per cents that go down, such as 75, 50, 25";
    private static final ValueType<Steps> STEPS = ValueType.of(STEPS_FORM, EarlyWarningSchema::steps);

    private record Steps(List<Double> shares) {
    }

    private EarlyWarningSchema() {
    }

    static Section section() {
        return new Section(KEY, "Declines seen before a block. See [early warning](early-warning.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force."),
                of("protect", ValueTypes.FLAG, "true", "Whether a warning cuts the pool's share towards the provider; without it, it is only shown."),
                of("history", ValueTypes.duration("1h", "24h"), "6h", "What a pool and provider are compared with."),
                of("deferral-threshold", PER_CENT, "10", "Per cent of attempts put off from which the provider is taken to block."),
                of("block-threshold", PER_CENT, "5", "Per cent of attempts refused for the pool's sake, or as spam, from which the provider is taken to block."),
                of("horizon", ValueTypes.duration("10m", "24h"), "1h", "A trend that reaches a threshold within this is a warning."),
                of("false-alarms", ValueTypes.decimal(0.001, 100), "0.5", "A day, over all pools and providers together, that are put up with: fewer make it slower."),
                of("steps", STEPS, "75, 50, 25", "Per cent of the usual volume that are left to the pool, step by step, while it gets no better."),
                of("step-every", ValueTypes.duration("1m", "24h"), "10m", "From one step down to the next."),
                of("calm", ValueTypes.duration("1m", "24h"), "15m", "Without anything more to warn of, after which volume comes back."),
                of("recover-every", ValueTypes.duration("1m", "7d"), "15m", "From one step up to the next."),
                of("last-pool-floor", ValueTypes.decimal(1, 100), "50", "Per cent of its usual volume that a pool keeps where no other, uncut pool could take its mail.")));
    }

    static EarlyWarningSettings bind(Settings settings) {
        return new EarlyWarningSettings(settings.flag("enabled"), settings.flag("protect"), settings.duration("history"), settings.decimal("deferral-threshold") / 100,
                settings.decimal("block-threshold") / 100, settings.duration("horizon"), settings.decimal("false-alarms"),
                Objects.requireNonNull(settings.optional("steps", Steps.class)).shares(), settings.duration("step-every"), settings.duration("calm"),
                settings.duration("recover-every"), settings.decimal("last-pool-floor") / 100);
    }

    private static Steps steps(String text) {
        var shares = new ArrayList<Double>();
        double last = 1;
        for (String part : text.split("\\s*,\\s*")) {
            double share = PER_CENT.read(part.strip()) / 100;
            if (share >= last) {
                throw BadValue.write(STEPS_FORM);
            }
            shares.add(share);
            last = share;
        }
        return new Steps(List.copyOf(shares));
    }

    static void lint(Settings root, Findings findings) {
        Settings settings = root.section(KEY);
        for (String key : List.of("steps", "step-every", "last-pool-floor")) {
            if (!settings.flag("protect") && settings.isGiven(key)) {
                findings.warning(ConfigCode.UNUSED_VALUE, settings.place(key), settings.path(key), "given, but protect is false", "remove it, or write protect: true");
            }
        }
    }
}
