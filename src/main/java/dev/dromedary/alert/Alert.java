package dev.dromedary.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, or was. Of one rule and subject there is at most one that is not resolved: a critical one takes the place of the warning. Immutable.
 *
 * @param value     in {@code unit}, lately; {@code NaN} where it is not known
 * @param threshold that the value is held against; {@code NaN} where there is none
 * @param text      what was seen when it was last bad
 */
public record Alert(String id, String rule, By by, String subject, String metric, String unit, Severity severity, AlertState state, double value, double threshold, String text,
        List<String> suggested, Course course, @Nullable Acknowledged acknowledged, @Nullable Told told) {

    /**
     * Its times.
     *
     * @param since    when it began to be bad
     * @param updated  when it was last looked at
     * @param critical since when it is as bad as that without a break, as are {@code calm} and {@code eased} of being good
     * @param quiet    since when too little passes to tell
     */
    public record Course(Instant since, Instant updated, @Nullable Instant critical, @Nullable Instant calm, @Nullable Instant eased, @Nullable Instant quiet,
            @Nullable Instant resolved) {
        static Course begun(Instant now, boolean critical) {
            return new Course(now, now, critical ? now : null, null, null, null, null);
        }
    }

    /** Somebody takes care of it. */
    public record Acknowledged(String by, String reason, Instant at) {
    }

    /** What was last told of it. */
    public record Told(Severity severity, Instant at) {
    }

    public Alert {
        suggested = List.copyOf(suggested);
    }

    static Alert begun(String id, Topic topic, Verdict verdict, Severity severity, Instant now) {
        return new Alert(id, topic.rule(), topic.by(), verdict.subject(), topic.metric(), topic.unit(), severity, AlertState.PENDING, verdict.value(), verdict.threshold(), verdict.text(),
                topic.actions(), Course.begun(now, severity == Severity.CRITICAL), null, null);
    }

    /** Whether somebody should look at it. */
    public boolean active() {
        return state == AlertState.OPEN || state == AlertState.ACKNOWLEDGED;
    }

    Alert seen(Verdict verdict, Course times) {
        boolean bad = verdict.severity() != null;
        return new Alert(id, rule, by, subject, metric, unit, severity, state, bad ? verdict.value() : value, Double.isNaN(verdict.threshold()) ? threshold : verdict.threshold(), bad ? verdict.text() : text,
                suggested, times, acknowledged, told);
    }

    Alert with(Severity other, AlertState next) {
        return new Alert(id, rule, by, subject, metric, unit, other, next, value, threshold, text, suggested, course, next == AlertState.ACKNOWLEDGED ? acknowledged : null, told);
    }

    Alert at(Course times) {
        return new Alert(id, rule, by, subject, metric, unit, severity, state, value, threshold, text, suggested, times, acknowledged, told);
    }

    /** @param why it is over */
    Alert resolved(Instant now, String why) {
        var end = new Course(course.since(), now, course.critical(), course.calm(), course.eased(), course.quiet(), now);
        return new Alert(id, rule, by, subject, metric, unit, severity, AlertState.RESOLVED, value, threshold, text + ". Over: " + why, suggested, end, acknowledged, told);
    }

    Alert told(Told last) {
        return new Alert(id, rule, by, subject, metric, unit, severity, state, value, threshold, text, suggested, course, acknowledged, last);
    }
}
