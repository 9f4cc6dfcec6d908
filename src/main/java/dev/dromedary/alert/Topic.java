package dev.dromedary.alert;

import java.time.Duration;
import java.util.List;

/**
 * What an alert is about, apart from its subject.
 *
 * @param rule    its id
 * @param metric  of an {@link AlertMetric}, or the name of the part of the program that says so
 * @param lasts   how long it has to be bad before an alert is opened, and good before it is resolved
 * @param quiet   how long too little may pass to tell, before an alert is resolved for that
 * @param absentIsGood whether a subject of which nothing is said is in order; else nothing is known of it
 */
public record Topic(String rule, By by, String metric, String unit, Duration lasts, Duration quiet, boolean absentIsGood, List<String> actions) {
    private static final Duration SHORTEST_QUIET = Duration.ofHours(1);
    private static final int WINDOWS = 4;

    public Topic {
        actions = List.copyOf(actions);
    }

    static Topic of(AlertRule rule) {
        Duration windows = rule.window().multipliedBy(WINDOWS);
        return new Topic(rule.id(), rule.by(), rule.metric().id(), rule.metric().unit(), rule.lasts(), windows.compareTo(SHORTEST_QUIET) > 0 ? windows : SHORTEST_QUIET, false, rule.actions());
    }

    /** Of another part of the program, which says itself when something is over. */
    public static Topic told(String rule, By by, String unit, List<String> actions) {
        return new Topic(rule, by, rule, unit, Duration.ZERO, SHORTEST_QUIET, true, actions);
    }
}
