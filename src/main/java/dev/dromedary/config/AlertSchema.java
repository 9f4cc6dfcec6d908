package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.optional;

import dev.dromedary.alert.AlertMetric;
import dev.dromedary.alert.By;
import dev.dromedary.config.Entry.Named;
import dev.dromedary.config.Entry.Section;
import java.util.ArrayList;
import java.util.List;

/** The keys under {@code alerts}. */
final class AlertSchema {
    static final String KEY = "alerts";
    private static final ValueType<Double> VALUE = ValueTypes.decimal(0, 999_999_999);
    private static final ValueType<java.time.Duration> HORIZON = ValueTypes.duration("1m", "365d");

    /** On which side, and of what, a value is bad. */
    enum When { ABOVE, BELOW, UNUSUALLY_HIGH, UNUSUALLY_LOW, FORECAST }

    private AlertSchema() {
    }

    static Section section() {
        List<Entry> entries = new ArrayList<>(List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether the rules are looked at."),
                of("remind-every", ValueTypes.duration("5m", "365d"), "4h", "An open alert that nobody acknowledged is told again after this."),
                of("early-warnings", ValueTypes.FLAG, "true", "Whether each [early warning](early-warning.md) is an alert too."),
                of("silent-node", ValueTypes.duration("2m", "1h"), "5m", "A node that took no sample for this long is missed by the others."),
                of("halted", ValueTypes.duration("1m", "7d"), "15m", "A pool that a provider's answers [halt](reactions.md) for so long or longer is told of."),
                new Section("capacity", "What is outgrown, by the [forecast](reports.md#capacity) of pools, rates, disk and database.", List.of(
                        of("warning-within", HORIZON, "14d", "Told from so long before a limit is reached."),
                        of("critical-within", HORIZON, "3d", "Critical from so long before."))),
                new Named("rules", "Rules by id: changes to the built-in ones, key by key, and further ones.", rule())));
        entries.addAll(AlertTargetsSchema.entries());
        return new Section(KEY, "When somebody is told, and who. See [alerts](alerts.md).", List.copyOf(entries));
    }

    private static List<Entry> rule() {
        return List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether the rule holds."),
                optional("metric", ValueTypes.choice(AlertMetric.class), "What it is about; a rule of your own needs it."),
                optional("by", ValueTypes.choice(By.class), "What is told apart, each with an alert of its own; unset, nothing where that can be."),
                optional("when", ValueTypes.choice(When.class), "On which side a value is bad. `unusually-` compares with the hour of the week; `forecast` looks where a gauge goes. Unset, `below` for what is bad when low, else `above`."),
                optional("warning", VALUE, "A warning beyond this, in the metric's unit; for `unusually-`, in standard deviations (4 unless given)."),
                optional("critical", VALUE, "Critical beyond this, in the same unit (8 deviations unless given)."),
                optional("clear", VALUE, "For `above` and `below`: over at this value; unset, 10 % on the good side of the threshold."),
                optional("least-change", ValueTypes.decimal(1, 10_000), "For `unusually-`: per cent that it must be away from what is usual at least; 50 unless given."),
                optional("limit", VALUE, "For `forecast`: the value that must not be reached."),
                optional("warning-within", HORIZON, "For `forecast`: told from so long before; 24h unless given."),
                optional("critical-within", HORIZON, "For `forecast`: critical from so long before; 4h unless given."),
                of("window", ValueTypes.duration("1m", "7d"), "15m", "What a value is of. From 2h on it is made of whole hours."),
                of("for", ValueTypes.duration("0s", "7d"), "5m", "How long it must be bad before somebody is told, and good before it is over."),
                of("least", ValueTypes.whole(1, 1_000_000_000), "1", "Messages or attempts that a share or a time must be of; for a rate that is `unusually-` low, that are usual in the window."),
                Schema.anyOf("actions", ValueTypes.TEXT, "What to do about it, in place of what is suggested."));
    }

    static AlertSettings bind(Settings root, Secrets secrets) {
        Settings alerts = root.section(KEY);
        Settings capacity = alerts.section("capacity");
        return new AlertSettings(alerts.flag("enabled"), alerts.duration("remind-every"), AlertRuleBinder.bind(alerts, new Findings("")), alerts.flag("early-warnings"),
                capacity.duration("warning-within"), capacity.duration("critical-within"), alerts.duration("silent-node"), alerts.duration("halted"),
                AlertTargetsSchema.bind(alerts, secrets));
    }

    static void check(Settings root, AlertSettings bound, Findings findings) {
        Settings alerts = root.section(KEY);
        AlertRuleBinder.bind(alerts, findings);
        AlertTargetsSchema.check(alerts, bound.targets(), findings);
        Settings capacity = alerts.section("capacity");
        if (capacity.duration("critical-within").compareTo(capacity.duration("warning-within")) > 0) {
            findings.error(ConfigCode.OUT_OF_RANGE, capacity.place("critical-within"), capacity.path("critical-within"), DurationText.print(capacity.duration("critical-within"))
                    + ", with a warning within " + DurationText.print(capacity.duration("warning-within")), "set it to the warning's or less: what is critical is nearer");
        }
    }
}
