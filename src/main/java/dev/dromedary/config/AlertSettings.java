package dev.dromedary.config;

import dev.dromedary.alert.AlertRule;
import java.time.Duration;
import java.util.List;

/**
 * What somebody is told of.
 *
 * @param remindEvery     after which an alert that nobody acknowledged is told again
 * @param rules           the built-in ones that hold, and the file's own
 * @param earlyWarnings   whether each early warning is an alert too
 * @param capacityWarning how far ahead of a limit it is told, as {@code capacityCritical}
 * @param silentNode      after which a node that was there is missed
 * @param halted          how long a provider's answers must halt a pool for it to be told
 * @param targets         who is told
 */
public record AlertSettings(boolean enabled, Duration remindEvery, List<AlertRule> rules, boolean earlyWarnings, Duration capacityWarning, Duration capacityCritical, Duration silentNode, Duration halted,
        AlertTargets targets) {
    public AlertSettings {
        rules = List.copyOf(rules);
    }
}
