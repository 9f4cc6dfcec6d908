package dev.dromedary.camel;

import dev.dromedary.camel.NoticeCounts.Outcome;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps, counts and logs what came of notices. Safe for use by many threads. */
final class NoticeResults {
    private static final Logger LOG = LoggerFactory.getLogger(AlertNotices.class);

    private final NoticeStore store;
    private final NoticeWaits waits;
    private final InstantSource clock;
    private final NoticeCounts counts;

    NoticeResults(NoticeStore store, NoticeWaits waits, NoticeCounts counts, InstantSource clock) {
        this.store = store;
        this.waits = waits;
        this.clock = clock;
        this.counts = counts;
    }

    /** @param together told at once, and tried again at once; not empty */
    void of(List<Notice> together, Told told) {
        Instant now = clock.instant();
        Instant made = together.stream().map(Notice::madeAt).min(Instant::compareTo).orElse(now);
        int attempts = together.stream().mapToInt(Notice::attempts).max().orElse(1);
        try {
            if (told instanceof Told.Sent sent) {
                sent(together, sent.answer(), now);
            } else if (told instanceof Told.Gone gone) {
                givenUp(together, gone.why(), now);
            } else if (told instanceof Told.Failed failed) {
                Optional<Instant> next = waits.next(made, attempts, failed.notBefore(), now);
                if (next.isPresent()) {
                    retried(together, failed.why(), next.get());
                } else {
                    givenUp(together, failed.why(), now);
                }
            }
        } catch (SQLException e) {
            LOG.warn("[ALERT_NOTICES_UNWRITTEN] database: {}; what was told of {} is told again when it is back, under the same id", e.getMessage(), names(together));
        }
    }

    private void sent(List<Notice> together, String answer, Instant now) throws SQLException {
        LOG.info("[ALERT_TOLD] {}: {}", together.get(0).target(), names(together));
        for (Notice one : together) {
            store.sent(one.id(), answer, now);
            counts.count(one.target(), Outcome.SENT);
        }
    }

    private void retried(List<Notice> together, String why, Instant next) throws SQLException {
        if (together.get(0).attempts() == 1) {
            LOG.warn("[ALERT_TOLD_LATER] {}: {}; {} is tried again at {} and then for a day", together.get(0).target(), why, names(together), next);
        }
        for (Notice one : together) {
            store.failed(one.id(), why, next);
            counts.count(one.target(), Outcome.RETRIED);
        }
    }

    private void givenUp(List<Notice> together, String why, Instant now) throws SQLException {
        for (Notice one : together) {
            store.givenUp(one.id(), why, now);
            lost(one.target(), one.kind().id() + " of alert " + one.alert(), why);
        }
    }

    /** Logs and counts one that nobody was told of. */
    void lost(String target, String what, String why) {
        LOG.error("[ALERT_NOT_TOLD] {}: {}; {} was given up. See who else was told of it, and whether the receiver is right in the configuration", OneLine.of(target), why, what);
        counts.count(target, Outcome.GIVEN_UP);
    }

    private static String names(List<Notice> together) {
        return String.join(", ", together.stream().map(one -> one.kind().id() + " of alert " + one.alert()).toList());
    }
}
