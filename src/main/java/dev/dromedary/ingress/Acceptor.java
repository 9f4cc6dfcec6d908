package dev.dromedary.ingress;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.engagement.SendTime;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.message.MessageIds;
import dev.dromedary.message.MimeRenderer;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.retry.SendWindows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accept step, which every way in ends in: looks up suppression, resolves each recipient's provider and renders the bytes.
 * It decides and enqueues nothing itself, so it can be run on any thread and tried without a broker.
 */
public final class Acceptor {
    private final DromedaryConfig config;
    private final ProviderDirectory providers;
    private final SuppressionList suppressions;
    private final MimeRenderer renderer;
    private final MessageIds ids;
    private final InstantSource clock;
    private final SendWindows windows;
    private final SendTimes times;

    public Acceptor(DromedaryConfig config, ProviderDirectory providers, SuppressionList suppressions, MimeRenderer renderer, MessageIds ids,
            SendTimes times, InstantSource clock) {
        this.config = config;
        this.providers = providers;
        this.suppressions = suppressions;
        this.renderer = renderer;
        this.ids = ids;
        this.clock = clock;
        this.times = times;
        this.windows = new SendWindows(config.streams());
    }

    /** @throws RefusedException where the submission cannot be accepted as it is; then no part of it is */
    public Acceptance accept(Submission submission, Way way, @Nullable RequestKey key) {
        checkRecipients(submission);
        Instant now = clock.instant();
        Instant wanted = submission.scheduledTime() != null && submission.scheduledTime().isAfter(now) ? submission.scheduledTime() : now;
        Instant earliest = windows.opening(submission.stream(), wanted);
        String submissionId = submissionId(submission, key);
        Map<EmailAddress, SendTime> best = best(submission, wanted, earliest);
        var messages = new ArrayList<Acceptance.Rendered>();
        var suppressed = new ArrayList<EmailAddress>();
        var events = new ArrayList<DeliveryEvent>();
        for (int i = 0; i < submission.to().size(); i++) {
            EmailAddress to = submission.to().get(i);
            String id = submission.to().size() == 1 ? submissionId : submissionId + "." + (i + 1);
            String provider = providers.providerOf(to.domain());
            boolean isSuppressed = suppressions.holds(to, submission.stream());
            SendTime time = best.get(to);
            Instant due = time == null ? earliest : time.at();
            int size = 0;
            if (isSuppressed) {
                suppressed.add(to);
            } else {
                byte[] mime = renderer.render(submission, to, id, now);
                size = mime.length;
                messages.add(new Acceptance.Rendered(envelope(submission, submissionId, id, to, provider, now, due, size), mime, due.isAfter(now) ? due(due, time) : null));
            }
            events.add(event(submission, submissionId, id, to, provider, now, due, time, way, size, isSuppressed ? EventKind.SUPPRESSED : EventKind.ACCEPTED, i == 0 ? key : null));
        }
        return new Acceptance(submissionId, messages, suppressed, events, key != null || submission.messageId() != null);
    }

    /** By recipient; empty where the submission does not ask for it. */
    private Map<EmailAddress, SendTime> best(Submission submission, Instant wanted, Instant earliest) {
        return submission.bestWithin() == null ? Map.of() : times.choose(submission.to(), submission.stream(), earliest, wanted.plus(submission.bestWithin()));
    }

    private static Acceptance.Due due(Instant due, @Nullable SendTime time) {
        return new Acceptance.Due(due, time != null && time.held() ? time.why() : "not due yet: its scheduled time, or the send window of its stream");
    }

    private String submissionId(Submission submission, @Nullable RequestKey key) {
        if (submission.messageId() != null) {
            return submission.messageId();
        }
        return key == null ? ids.next() : key.messageId();
    }

    private void checkRecipients(Submission submission) {
        int limit = config.accept().maxRecipients();
        if (submission.to().size() > limit) {
            throw new RefusedException(RefusalCode.RECIPIENTS_TOO_MANY, "to", submission.to().size() + " recipients",
                    "name at most " + limit + " a submission (accept.max-recipients)");
        }
    }

    private Envelope envelope(Submission s, String submissionId, String id, EmailAddress to, String provider, Instant now, Instant due, int size) {
        int maxRetries = s.maxRetries() == null ? config.retry().maxRetries() : s.maxRetries();
        return new Envelope(id, submissionId, s.from(), to, provider, s.stream(), s.campaign(), s.tags(), s.priority(), maxRetries, due, 1, size, s.terms(), null,
                null, due.isAfter(now) ? now : null);
    }

    private DeliveryEvent event(Submission s, String submissionId, String id, EmailAddress to, String provider, Instant now, Instant due,
            @Nullable SendTime time, Way way, int size, EventKind kind, @Nullable RequestKey key) {
        return new DeliveryEvent(id, submissionId, kind, 0, now, way.id(), s.from() == null ? null : s.from().toString(), to.toString(), provider, null,
                s.stream(), s.campaign(), s.tags(), 0, null, null, kind == EventKind.SUPPRESSED ? "the recipient is on the suppression list" : time == null ? null : time.why(),
                size == 0 ? null : size, null, due.isAfter(now) ? due : s.scheduledTime(), config.node(), key == null ? null : key.key(), key == null ? null : key.requestHash());
    }
}
