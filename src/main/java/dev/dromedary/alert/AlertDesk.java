package dev.dromedary.alert;

import dev.dromedary.alert.Alert.Course;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of alerts, and what people are told of them. It keeps nothing itself: the same alerts and verdicts always come to the same, on whatever node.
 * Safe for use by many threads.
 */
public final class AlertDesk {
    /** Between two looks; after a longer while nothing is known of what was in between, and what was bad before begins anew. */
    static final Duration LONGEST_GAP = Duration.ofMinutes(5);
    private static final String NOTHING = "nothing passed";

    private final Duration remindEvery;
    private final Supplier<String> ids;

    /** @param ids for new alerts, each another */
    public AlertDesk(Duration remindEvery, Supplier<String> ids) {
        this.remindEvery = remindEvery;
        this.ids = ids;
    }

    /**
     * What a look comes to.
     *
     * @param changed alerts to be kept as they are here
     * @param dropped ids of those that were never bad for long enough
     */
    public record Looked(List<Alert> changed, List<String> dropped, List<Telling> tellings) {
        public Looked {
            changed = List.copyOf(changed);
            dropped = List.copyOf(dropped);
            tellings = List.copyOf(tellings);
        }
    }

    private record Key(String rule, String subject) {
    }

    /**
     * @param known    alerts that are not resolved
     * @param all      on each topic that there is; one that could not be judged now says nothing
     * @param unjudged rules of which nothing could be said now: their alerts stay as they are
     */
    public Looked look(List<Alert> known, List<Judged> all, Set<String> unjudged, List<Silence> silences, Instant now) {
        Map<Key, Alert> before = new HashMap<>();
        known.forEach(one -> before.put(new Key(one.rule(), one.subject()), one));
        var out = new Findings(silences, now);
        Set<Key> seen = new HashSet<>();
        for (Judged judged : all) {
            Topic topic = judged.topic();
            for (Verdict verdict : judged.verdicts()) {
                var key = new Key(topic.rule(), verdict.subject());
                if (seen.add(key)) {
                    out.add(before.get(key), next(before.get(key), topic, verdict, now));
                }
            }
            known.stream().filter(one -> one.rule().equals(topic.rule()) && seen.add(new Key(one.rule(), one.subject())))
                    .forEach(one -> out.add(one, next(one, topic, absent(topic, one.subject()), now)));
        }
        known.stream().filter(one -> !unjudged.contains(one.rule()) && !seen.contains(new Key(one.rule(), one.subject())))
                .forEach(one -> out.add(one, one.state() == AlertState.PENDING ? null : one.resolved(now, "the rule is no longer there")));
        return new Looked(out.changed, out.dropped, out.tellings);
    }

    private static Verdict absent(Topic topic, String subject) {
        return topic.absentIsGood() ? Verdict.good(subject, Double.NaN, "it is no longer said") : Verdict.unknown(subject, NOTHING);
    }

    /** @return null where there is none, or no more */
    private @Nullable Alert next(@Nullable Alert before, Topic topic, Verdict verdict, Instant now) {
        if (before == null || before.state() == AlertState.PENDING) {
            return pending(before, topic, verdict, now);
        }
        return verdict.known() ? active(before, topic, verdict, now) : quiet(before, topic, verdict, now);
    }

    private @Nullable Alert pending(@Nullable Alert before, Topic topic, Verdict verdict, Instant now) {
        Severity severity = verdict.severity();
        if (severity == null) {
            return null;
        }
        boolean goesOn = before != null && !before.course().updated().plus(LONGEST_GAP).isBefore(now);
        Alert alert = goesOn && before != null ? before.seen(verdict, times(before.course(), verdict, now)) : Alert.begun(before == null ? ids.get() : before.id(), topic, verdict, severity, now);
        if (!lasted(alert.course().since(), topic, now)) {
            return alert.with(severity, AlertState.PENDING);
        }
        return alert.with(lasted(alert.course().critical(), topic, now) ? Severity.CRITICAL : Severity.WARNING, AlertState.OPEN);
    }

    private static Alert active(Alert before, Topic topic, Verdict verdict, Instant now) {
        Alert alert = before.seen(verdict, times(before.course(), verdict, now));
        if (lasted(alert.course().calm(), topic, now)) {
            return alert.resolved(now, verdict.text());
        }
        if (alert.severity() == Severity.WARNING && lasted(alert.course().critical(), topic, now)) {
            return alert.with(Severity.CRITICAL, AlertState.OPEN);
        }
        if (alert.severity() == Severity.CRITICAL && lasted(alert.course().eased(), topic, now)) {
            return alert.with(Severity.WARNING, alert.state());
        }
        return alert;
    }

    private static Alert quiet(Alert before, Topic topic, Verdict verdict, Instant now) {
        Course was = before.course();
        Instant since = was.quiet() == null ? now : was.quiet();
        if (!now.isBefore(since.plus(topic.quiet()))) {
            return before.resolved(now, "for " + Judge.span(topic.quiet()) + " too little has passed to tell (" + verdict.text() + ")");
        }
        return before.at(new Course(was.since(), now, null, null, null, since, null));
    }

    private static Course times(Course was, Verdict verdict, Instant now) {
        return new Course(was.since(), now, since(was.critical(), verdict.severity() == Severity.CRITICAL, now), since(was.calm(), verdict.calm(), now),
                since(was.eased(), verdict.eased(), now), null, null);
    }

    private static @Nullable Instant since(@Nullable Instant before, boolean still, Instant now) {
        return !still ? null : before == null ? now : before;
    }

    private static boolean lasted(@Nullable Instant since, Topic topic, Instant now) {
        return since != null && !now.isBefore(since.plus(topic.lasts()));
    }

    /** Gathers what a look comes to. */
    private final class Findings {
        private final List<Alert> changed = new ArrayList<>();
        private final List<String> dropped = new ArrayList<>();
        private final List<Telling> tellings = new ArrayList<>();
        private final List<Silence> silences;
        private final Instant now;

        private Findings(List<Silence> silences, Instant now) {
            this.silences = silences.stream().filter(one -> one.holds(now)).toList();
            this.now = now;
        }

        private void add(@Nullable Alert before, @Nullable Alert after) {
            if (after == null) {
                if (before != null) {
                    dropped.add(before.id());
                }
                return;
            }
            Telling.Kind kind = kind(after);
            Alert kept = kind == null ? eased(after) : after.told(new Alert.Told(after.severity(), now));
            changed.add(kept);
            if (kind != null) {
                tellings.add(new Telling(kept, kind));
            }
        }

        /** So that the next time it becomes critical is told of again. */
        private Alert eased(Alert alert) {
            Alert.Told told = alert.told();
            return told != null && told.severity().over(alert.severity()) ? alert.told(new Alert.Told(alert.severity(), told.at())) : alert;
        }

        /** The end is told of in spite of a silence, so that nobody who heard of an alert takes it for open. */
        private Telling.@Nullable Kind kind(Alert alert) {
            Alert.Told told = alert.told();
            if (alert.state() == AlertState.RESOLVED) {
                return told == null ? null : Telling.Kind.RESOLVED;
            }
            if (alert.state() != AlertState.OPEN || silences.stream().anyMatch(one -> one.covers(alert))) {
                return null;
            }
            if (told == null) {
                return Telling.Kind.OPENED;
            }
            if (alert.severity().over(told.severity())) {
                return Telling.Kind.ESCALATED;
            }
            return now.isBefore(told.at().plus(remindEvery)) ? null : Telling.Kind.REMINDED;
        }
    }
}
