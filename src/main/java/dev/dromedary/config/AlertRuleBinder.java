package dev.dromedary.config;

import dev.dromedary.alert.AlertMetric;
import dev.dromedary.alert.AlertRule;
import dev.dromedary.alert.BuiltInRules;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Condition;
import dev.dromedary.alert.Suggestions;
import dev.dromedary.config.AlertSchema.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes alert rules of what the file says and of the built-in ones, and finds what contradicts itself. */
final class AlertRuleBinder {
    private static final double PER_CENT = 100;
    private static final double WARNING_DEVIATIONS = 4;
    private static final double CRITICAL_DEVIATIONS = 8;
    private static final double LEAST_CHANGE = 50;
    private static final Duration WARNING_WITHIN = Duration.ofHours(24);
    private static final Duration CRITICAL_WITHIN = Duration.ofHours(4);

    private final Settings rule;
    private final @Nullable AlertRule before;
    private final Findings findings;

    private AlertRuleBinder(Settings rule, @Nullable AlertRule before, Findings findings) {
        this.rule = rule;
        this.before = before;
        this.findings = findings;
    }

    /** Rules that cannot be made are left out; the findings say why. */
    static List<AlertRule> bind(Settings alerts, Findings findings) {
        Map<String, AlertRule> rules = new LinkedHashMap<>();
        BuiltInRules.all().forEach(one -> rules.put(one.id(), one));
        for (Settings settings : alerts.items("rules")) {
            AlertRule made = new AlertRuleBinder(settings, rules.get(settings.name()), findings).rule();
            if (made == null || !settings.flag("enabled")) {
                rules.remove(settings.name());
            } else {
                rules.put(settings.name(), made);
            }
        }
        return new ArrayList<>(rules.values());
    }

    private @Nullable AlertRule rule() {
        AlertMetric metric = rule.isGiven("metric") || before == null ? rule.optional("metric", AlertMetric.class) : before.metric();
        if (metric == null) {
            unknown();
            return null;
        }
        By by = by(metric);
        Condition condition = condition(metric);
        if (by == null || condition == null) {
            return null;
        }
        List<String> actions = rule.list("actions", String.class);
        return new AlertRule(rule.name(), metric, by, condition,
                kept("window") && before != null ? before.window() : rule.duration("window"), kept("for") && before != null ? before.lasts() : rule.duration("for"),
                kept("least") && before != null ? before.least() : rule.number("least"),
                !actions.isEmpty() ? actions : before != null && before.metric() == metric ? before.actions() : Suggestions.of(metric));
    }

    private void unknown() {
        if (!findings.has(rule.path("metric"))) {
            findings.error(ConfigCode.MISSING_VALUE, rule.place(), rule.path("metric"), "no metric, and \"" + rule.name() + "\" is no built-in rule",
                    "write a metric, or one of " + BuiltInRules.all().stream().map(AlertRule::id).collect(Collectors.joining(", ")));
        }
    }

    private boolean kept(String key) {
        return before != null && !rule.isGiven(key);
    }

    private @Nullable By by(AlertMetric metric) {
        By usual = before != null && metric.by().contains(before.by()) ? before.by() : metric.by().iterator().next();
        By by = rule.isGiven("by") ? rule.optional("by", By.class) : usual;
        if (by != null && !metric.by().contains(by)) {
            findings.error(ConfigCode.BAD_VALUE, rule.place("by"), rule.path("by"), "\"" + by.id() + "\", which " + metric.id() + " is not told apart by",
                    "write one of " + metric.by().stream().map(By::id).collect(Collectors.joining(", ")));
            return null;
        }
        return by;
    }

    private @Nullable Condition condition(AlertMetric metric) {
        boolean same = before != null && before.metric() == metric;
        When when = rule.isGiven("when") ? rule.optional("when", When.class) : same && before != null ? when(before.condition()) : metric.lowIsBad() ? When.BELOW : When.ABOVE;
        if (when == null) {
            return null;
        }
        unused(when);
        Condition was = same && before != null && when(before.condition()) == when ? before.condition() : null;
        return switch (when) {
            case ABOVE, BELOW -> limit(metric, when == When.ABOVE, (Condition.Limit) was);
            case UNUSUALLY_HIGH, UNUSUALLY_LOW -> unusual(metric, when == When.UNUSUALLY_HIGH, (Condition.Unusual) was);
            case FORECAST -> ahead(metric, (Condition.Ahead) was);
        };
    }

    private static When when(Condition condition) {
        if (condition instanceof Condition.Limit) {
            return condition.above() ? When.ABOVE : When.BELOW;
        }
        return condition instanceof Condition.Unusual ? condition.above() ? When.UNUSUALLY_HIGH : When.UNUSUALLY_LOW : When.FORECAST;
    }

    /** Keys of another kind of rule. */
    private void unused(When when) {
        List<String> others = switch (when) {
            case ABOVE, BELOW -> List.of("least-change", "limit", "warning-within", "critical-within");
            case UNUSUALLY_HIGH, UNUSUALLY_LOW -> List.of("clear", "limit", "warning-within", "critical-within");
            case FORECAST -> List.of("warning", "critical", "clear", "least-change");
        };
        others.stream().filter(rule::isGiven).forEach(key -> findings.warning(ConfigCode.UNUSED_VALUE, rule.place(key), rule.path(key),
                "given, but the rule is one of when: " + word(when), "remove it, or write another when"));
    }

    private @Nullable Condition limit(AlertMetric metric, boolean above, Condition.@Nullable Limit was) {
        Double warning = value("warning", was == null ? null : was.warning());
        Double critical = value("critical", was == null ? null : was.critical());
        if (warning == null && critical == null) {
            findings.error(ConfigCode.MISSING_VALUE, rule.place(), rule.path("warning"), "neither warning nor critical", "write at least one, in " + metric.unit());
            return null;
        }
        direction(metric, above);
        if (warning != null && critical != null && (above ? critical <= warning : critical >= warning)) {
            findings.error(ConfigCode.OUT_OF_RANGE, rule.place("critical"), rule.path("critical"), critical + ", with a warning at " + warning,
                    "set it " + (above ? "above" : "below") + " the warning: what is critical is worse");
            return null;
        }
        boolean moved = rule.isGiven("warning") || rule.isGiven("critical");
        Double clear = value("clear", was == null || moved ? null : was.clear());
        double first = warning != null ? warning : critical;
        if (clear != null && (above ? clear > first : clear < first)) {
            findings.error(ConfigCode.OUT_OF_RANGE, rule.place("clear"), rule.path("clear"), clear + ", with a threshold of " + first,
                    "set it " + (above ? "to the threshold or below" : "to the threshold or above") + ": an alert is over on the good side");
            return null;
        }
        return Condition.Limit.of(above, warning, critical, clear);
    }

    private @Nullable Condition unusual(AlertMetric metric, boolean above, Condition.@Nullable Unusual was) {
        if (metric.gauge() != null) {
            findings.error(ConfigCode.BAD_VALUE, rule.place("when"), rule.path("when"), "a rule on " + metric.id() + ", of which nothing is usual at an hour of the week",
                    "write above, below or forecast");
            return null;
        }
        direction(metric, above);
        Double warning = value("warning", was == null ? Double.valueOf(WARNING_DEVIATIONS) : Double.valueOf(was.warning()));
        Double critical = value("critical", was == null ? Double.valueOf(CRITICAL_DEVIATIONS) : Double.valueOf(was.critical()));
        Double change = value("least-change", was == null ? Double.valueOf(LEAST_CHANGE) : Double.valueOf(was.leastChange() * PER_CENT));
        if (warning == null || critical == null || change == null) {
            return null;
        }
        if (critical <= warning) {
            findings.error(ConfigCode.OUT_OF_RANGE, rule.place("critical"), rule.path("critical"), critical + " deviations, with a warning at " + warning,
                    "set it above the warning: what is critical is farther away");
            return null;
        }
        return new Condition.Unusual(above, warning, critical, change / PER_CENT);
    }

    private @Nullable Condition ahead(AlertMetric metric, Condition.@Nullable Ahead was) {
        if (metric.gauge() == null) {
            findings.error(ConfigCode.BAD_VALUE, rule.place("when"), rule.path("when"), "a forecast of " + metric.id() + ", which is no gauge",
                    "write another when; forecasts are of backlog, queue-age, waiting, reputation, pools-available, heap-used, cpu-used, disk-used and database-write");
            return null;
        }
        Double limit = value("limit", was == null ? null : Double.valueOf(was.limit()));
        if (limit == null) {
            findings.error(ConfigCode.MISSING_VALUE, rule.place(), rule.path("limit"), "no limit", "write the value that must not be reached, in " + metric.unit());
            return null;
        }
        Duration warning = rule.isGiven("warning-within") ? rule.duration("warning-within") : was == null ? WARNING_WITHIN : was.warning();
        Duration critical = rule.isGiven("critical-within") ? rule.duration("critical-within") : was == null ? CRITICAL_WITHIN : was.critical();
        if (critical.compareTo(warning) > 0) {
            findings.error(ConfigCode.OUT_OF_RANGE, rule.place("critical-within"), rule.path("critical-within"), DurationText.print(critical) + ", with a warning within "
                    + DurationText.print(warning), "set it to the warning's or less: what is critical is nearer");
            return null;
        }
        return new Condition.Ahead(!metric.lowIsBad(), limit, warning, critical);
    }

    private @Nullable Double value(String key, @Nullable Double otherwise) {
        return rule.isGiven(key) ? rule.optional(key, Double.class) : otherwise;
    }

    private void direction(AlertMetric metric, boolean above) {
        if (above == metric.lowIsBad() && rule.isGiven("when")) {
            findings.warning(ConfigCode.ALERT_DIRECTION, rule.place("when"), rule.path("when"), "an alert where " + metric.id() + " is " + (above ? "high" : "low") + ", which is usually good",
                    "write " + (metric.lowIsBad() ? "below or unusually-low" : "above or unusually-high") + ", or leave it where that is meant");
        }
    }

    private static String word(When when) {
        return when.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
