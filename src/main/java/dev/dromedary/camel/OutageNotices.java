package dev.dromedary.camel;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Silence;
import dev.dromedary.alert.Telling;
import dev.dromedary.camel.NoticeCounts.Outcome;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.config.AlertTargets.Webhook;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeBody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks that the database is away, in which all other notices are, and that it is back. It works from memory alone: each node tells of what it sees itself, and what was not told
 * when it stops is not told. Safe for use by many threads.
 */
final class OutageNotices {
    static final String RULE = "database-away";
    /** A restart or a change of the primary is shorter. */
    static final Duration GRACE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(AlertNotices.class);
    private static final List<String> SUGGESTED = List.of("Start the database, or see why this node cannot reach it: bin/dromedary status, and [ALERTS_BLIND] in its log",
            "Mail goes on, and what is to be kept waits in the broker: see that its disk has room");

    private final AlertTargets targets;
    private final AlertWebhook webhook;
    private final NoticeWaits waits;
    private final NoticeCounts counts;
    private final String node;
    private final InstantSource clock;
    private final List<Post> posts = new ArrayList<>();
    private @Nullable Instant since;
    private @Nullable Alert told;

    /** One notice to one hook, until it is taken or given up. Guarded by the whole. */
    private static final class Post {
        private final Webhook hook;
        private final Telling.Kind kind;
        private final Alert alert;
        private final Instant made;
        private int attempts;
        private Instant due;
        private boolean underWay;

        private Post(Webhook hook, Telling.Kind kind, Alert alert, Instant made) {
            this.hook = hook;
            this.kind = kind;
            this.alert = alert;
            this.made = made;
            this.due = made;
        }

        /** Of an alert there are two, told apart by the number. */
        private Notice notice() {
            return new Notice(kind.ordinal(), alert.id(), kind, hook.target(), NoticeBody.of(alert), made, attempts, due);
        }
    }

    OutageNotices(AlertTargets targets, AlertWebhook webhook, NoticeWaits waits, NoticeCounts counts, String node, InstantSource clock) {
        this.targets = targets;
        this.webhook = webhook;
        this.waits = waits;
        this.counts = counts;
        this.node = node;
        this.clock = clock;
    }

    /** To be called again and again while the database is away. @param silences that were there last */
    synchronized void away(List<Silence> silences) {
        Instant now = clock.instant();
        Instant begun = since == null ? now : since;
        since = begun;
        if (told == null && !now.isBefore(begun.plus(GRACE))) {
            Alert alert = alert("database-away-" + UUID.randomUUID(), AlertState.OPEN, "this node cannot use the database: nobody looks at the rules here, and no other alert is told from here", begun, now);
            if (silences.stream().noneMatch(one -> one.holds(now) && one.covers(alert))) {
                told = alert;
                targets.webhooks().forEach(hook -> posts.add(new Post(hook, Telling.Kind.OPENED, alert, now)));
            }
        }
        send(now);
    }

    /** To be called again and again while it is there. */
    synchronized void back() {
        Instant now = clock.instant();
        Alert opened = told;
        if (opened != null) {
            Alert over = alert(opened.id(), AlertState.RESOLVED, opened.text() + ". Over: it is back", opened.course().since(), now);
            // Also to those that seem not to have taken the first: one may have, and its answer was lost.
            posts.removeIf(post -> post.alert.id().equals(opened.id()) && !post.underWay);
            targets.webhooks().forEach(hook -> posts.add(new Post(hook, Telling.Kind.RESOLVED, over, now)));
        }
        told = null;
        since = null;
        send(now);
    }

    private Alert alert(String id, AlertState state, String text, Instant begun, Instant now) {
        var course = new Alert.Course(begun, now, begun, null, null, null, state == AlertState.RESOLVED ? now : null);
        return new Alert(id, RULE, By.NODE, node, RULE, "", Severity.CRITICAL, state, Double.NaN, Double.NaN, text, SUGGESTED, course, null, null);
    }

    private void send(Instant now) {
        for (Post post : List.copyOf(posts)) {
            // The end is told after the beginning, not beside it.
            boolean first = posts.stream().filter(other -> other.hook.equals(post.hook)).findFirst().orElse(post) == post;
            if (first && !post.underWay && !now.isBefore(post.due)) {
                post.underWay = true;
                post.attempts++;
                webhook.tell(post.hook, post.notice()).thenAccept(outcome -> ended(post, outcome));
            }
        }
    }

    private synchronized void ended(Post post, Told outcome) {
        Instant now = clock.instant();
        post.underWay = false;
        String what = post.kind.id() + " of " + RULE;
        if (outcome instanceof Told.Failed failed) {
            if (post.kind == Telling.Kind.OPENED && (told == null || !told.id().equals(post.alert.id()))) {
                // Its end is told next.
                posts.remove(post);
                return;
            }
            Optional<Instant> next = waits.next(post.made, post.attempts, failed.notBefore(), now);
            if (next.isPresent()) {
                post.due = next.get();
                counts.count(post.hook.target(), Outcome.RETRIED);
                if (post.attempts == 1) {
                    LOG.warn("[ALERT_TOLD_LATER] {}: {}; {} is tried again at {}, as long as this node runs", post.hook.target(), failed.why(), what, post.due);
                }
                return;
            }
            lost(post, failed.why(), what);
        } else if (outcome instanceof Told.Gone gone) {
            lost(post, gone.why(), what);
        } else {
            counts.count(post.hook.target(), Outcome.SENT);
            LOG.info("[ALERT_TOLD] {}: {}", post.hook.target(), what);
        }
        posts.remove(post);
    }

    private void lost(Post post, String why, String what) {
        counts.count(post.hook.target(), Outcome.GIVEN_UP);
        LOG.error("[ALERT_NOT_TOLD] {}: {}; {} was given up. See whether the receiver is right in the configuration", post.hook.target(), why, what);
    }
}
