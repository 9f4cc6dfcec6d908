package dev.dromedary.camel;

import dev.dromedary.config.AlertTargets;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeStore;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails notices: all that are due at a time as one message. Those that failed together are tried again together, under the same message id, so that a message that was accepted
 * although nobody heard so is a duplicate then.
 */
final class AlertMail {
    private static final Logger LOG = LoggerFactory.getLogger(AlertNotices.class);
    private static final int MOST = 100;
    /** To be on disk; a broker without room holds it up. */
    private static final Duration LEASE = Duration.ofMinutes(5);
    /** Urgent (see PriorityClass). */
    private static final String PRIORITY = "10";
    private static final String ACCEPTED = "accepted as message %s";

    private final AlertTargets.Mail settings;
    private final NoticeStore store;
    private final SubmissionReader submissions;
    private final Supplier<AcceptPort> port;
    private final NoticeResults results;
    private final InstantSource clock;

    AlertMail(AlertTargets.Mail settings, NoticeStore store, SubmissionReader submissions, Supplier<AcceptPort> port, NoticeResults results, InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.submissions = submissions;
        this.port = port;
        this.results = results;
        this.clock = clock;
    }

    void send() throws SQLException {
        var together = new TreeMap<Instant, List<Notice>>();
        for (Notice one : store.claim(AlertTargets.Mail.TARGET, clock.instant(), LEASE, MOST)) {
            together.computeIfAbsent(one.attempts() == 1 ? Instant.MAX : one.due(), time -> new ArrayList<>()).add(one);
        }
        together.values().forEach(some -> results.of(some, tell(some)));
    }

    /** Tries once. */
    Told tell(List<Notice> some) {
        String key = Notice.key(some);
        String id = "alert-" + key;
        try {
            byte[] message = AlertMessage.bytes(settings, some, key, clock.instant());
            var properties = Map.of("message_id", id, "stream", settings.stream(), "priority", PRIORITY);
            AcceptPort.Receipt receipt = port.get().accept(submissions.readRaw(message, "<>", settings.to(), properties), Way.ALERT, null);
            if (!receipt.suppressed().isEmpty()) {
                LOG.warn("[ALERT_MAIL_SUPPRESSED] {}: suppressed, so not told of alerts; take it off the list, or write another address in alerts.mail.to", receipt.suppressed());
            }
            return new Told.Sent(ACCEPTED.formatted(id) + (receipt.suppressed().isEmpty() ? "" : ", but suppressed and so not told: " + String.join(", ", receipt.suppressed())));
        } catch (RefusedException e) {
            return e.refusal().code() == RefusalCode.MESSAGE_DUPLICATE ? new Told.Sent(ACCEPTED.formatted(id)) : new Told.Failed(String.valueOf(e.getMessage()));
        } catch (MessagingException | IOException | RuntimeException e) {
            return new Told.Failed(e.toString());
        }
    }
}
