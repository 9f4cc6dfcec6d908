package dev.dromedary.alert;

import java.time.Duration;
import java.util.List;

/**
 * When somebody is to be told.
 *
 * @param window  that the value is of
 * @param lasts   how long it has to be bad before an alert is opened, and good before it is resolved
 * @param least   messages or attempts that a share or a time has to be of; with {@link Condition.Unusual}, that are usual in the window
 * @param actions what to do about it
 */
public record AlertRule(String id, AlertMetric metric, By by, Condition condition, Duration window, Duration lasts, long least, List<String> actions) {
    public AlertRule {
        actions = List.copyOf(actions);
    }
}
