package dev.dromedary.camel;

import dev.dromedary.dsn.FailureReports;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.ingress.Way;
import dev.dromedary.monitor.Meters;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.retry.DoubtVerdict;
import dev.dromedary.retry.Verdict;
import dev.dromedary.smtp.SmtpDeliveryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what an attempt came to into the JMS messages that record it. They are sent in the session that took the message off its
 * lane, events last, so that one commit takes the message, files its successor and tells what happened.
 */
public final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final String OUTCOME = "outcome";

    private final Verdict verdict;
    private final DoubtVerdict doubt;
    private final ParcelWriter parcels;
    private final FailureReports reports;
    private final RefusedRecipients recipients;
    private final Meters meters;
    private final InstantSource clock;
    private final String node;

    Settlement(Verdict verdict, DoubtVerdict doubt, ParcelWriter parcels, FailureReports reports, RefusedRecipients recipients, Meters meters, InstantSource clock,
            String node) {
        this.verdict = verdict;
        this.doubt = doubt;
        this.parcels = parcels;
        this.reports = reports;
        this.recipients = recipients;
        this.meters = meters;
        this.clock = clock;
        this.node = node;
    }

    /** For {@code onWhen}: decides what the exception means, keeps it for the steps, and says whether the message is tried again. */
    public boolean triesAgain(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) instanceof NoRoomException wait && !wait.countsAsAttempt()
                || decide(exchange) instanceof Outcome.Deferred;
    }

    /** The server took it, or is taken to have. */
    public List<Parcel> delivered(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Outcome.DeliveredInDoubt inDoubt = attempt.inDoubt();
        if (inDoubt != null) {
            count(attempt, inDoubt, EventKind.DELIVERED_IN_DOUBT, true);
            return List.of(parcels.event(event(attempt, EventKind.DELIVERED_IN_DOUBT, inDoubt.pool(), null, DoubtVerdict.CATEGORY,
                    inDoubt.reason() + "; taken for delivered, and not sent again", null)));
        }
        SmtpReply reply = PoolRoutes.replyOf(exchange);
        meters.attempted(attempt.envelope(), attempt.pool(), attempt.route(), EventKind.DELIVERED, attempt.tookMillis(), age(attempt));
        if (attempt.recalled()) {
            meters.duplicatePrevented(attempt.envelope(), attempt.pool());
        }
        return List.of(parcels.event(event(attempt, EventKind.DELIVERED, attempt.pool(), reply, null, reply.text(), null)));
    }

    /** To the store of what waits. */
    public List<Parcel> deferred(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        if (exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) instanceof NoRoomException wait && !wait.countsAsAttempt()) {
            return parked(attempt, wait);
        }
        Outcome.Deferred deferred = (Outcome.Deferred) decide(exchange);
        count(attempt, deferred, EventKind.DEFERRED, inDoubt(exchange));
        var out = new ArrayList<Parcel>();
        out.add(parcels.deferred(attempt.envelope().withAttempt(attempt.envelope().attempt() + 1), attempt.mime(), deferred, clock.instant()));
        out.addAll(recipients.parcels(attempt.envelope(), deferred));
        out.add(parcels.event(event(attempt, EventKind.DEFERRED, deferred.pool(), deferred.reply(), inDoubt(exchange) ? DoubtVerdict.CATEGORY : deferred.category().id(),
                deferred.reason(), deferred.nextAttempt())));
        return out;
    }

    /** To the dead-letter store: bounced, expired, or stopped by a fault of ours. */
    public List<Parcel> dead(Exchange exchange) {
        Unreadable unreadable = Unreadable.find(exchange);
        if (unreadable != null) {
            LOG.error("[MESSAGE_UNREADABLE] {}: {}; the message was moved to {}", unreadable.lane(), exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage(),
                    unreadable.parcel().queue());
            meters.unreadable(unreadable.lane());
            return List.of(unreadable.parcel());
        }
        Attempt attempt = Attempt.of(exchange);
        Outcome outcome = decide(exchange);
        EventKind kind = outcome instanceof Outcome.Bounced ? EventKind.BOUNCED : outcome instanceof Outcome.Expired ? EventKind.EXPIRED : EventKind.DEAD_LETTERED;
        count(attempt, outcome, kind, inDoubt(exchange));
        var out = new ArrayList<Parcel>();
        out.add(parcels.dead(attempt.envelope(), attempt.mime(), outcome, clock.instant()));
        out.addAll(recipients.parcels(attempt.envelope(), outcome));
        if (outcome instanceof Outcome.Bounced bounced) {
            out.add(parcels.event(event(attempt, kind, bounced.pool(), bounced.reply(), bounced.category().id(), bounced.reason(), null)));
        } else if (outcome instanceof Outcome.Expired expired) {
            out.add(parcels.event(event(attempt, kind, expired.pool(), expired.lastReply(), inDoubt(exchange) ? DoubtVerdict.CATEGORY : null, expired.reason(), null)));
        }
        out.add(parcels.event(event(attempt, EventKind.DEAD_LETTERED, outcome.pool(), null, inDoubt(exchange) ? DoubtVerdict.CATEGORY : null,
                (outcome instanceof Outcome.HeldInDoubt held ? held.reason() + "; " : "") + "kept as dead letter " + attempt.envelope().id(), null)));
        report(attempt, outcome).ifPresent(report -> {
            meters.accepted(Way.DSN, List.of(report.envelope()));
            out.addAll(parcels.report(report, clock.instant(), node));
        });
        return out;
    }

    /** A report that cannot be made must not keep the dead letter from being filed. */
    private Optional<FailureReports.Rendered> report(Attempt attempt, Outcome outcome) {
        try {
            return reports.of(attempt.envelope(), attempt.mime(), outcome, clock.instant());
        } catch (RuntimeException e) {
            LOG.error("[REPORT_FAILED] {}: {}; its dead letter is kept, its sender gets no report", attempt.envelope().id(), e.toString());
            return Optional.empty();
        }
    }

    private List<Parcel> parked(Attempt attempt, NoRoomException wait) {
        Instant next = clock.instant().plus(wait.retryAfter().compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait.retryAfter());
        if (wait.heldBy() == null) {
            meters.parked(attempt.envelope());
        }
        return List.of(
                parcels.parked(attempt.envelope(), attempt.mime(), wait, next, clock.instant()),
                parcels.event(event(attempt, EventKind.SCHEDULED, null, null, null, (wait.heldBy() == null ? "waits for room: " : "") + wait.getMessage(), next)));
    }

    private Outcome decide(Exchange exchange) {
        Outcome decided = exchange.getProperty(OUTCOME, Outcome.class);
        if (decided == null) {
            decided = judge(Attempt.of(exchange), exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
            exchange.setProperty(OUTCOME, decided);
        }
        return decided;
    }

    private Outcome judge(Attempt attempt, @Nullable Exception failure) {
        if (failure instanceof SmtpDeliveryException refusal) {
            if (refusal.inDoubt()) {
                return doubt.of(attempt.envelope(), refusal.pool(), refusal.getMessage());
            }
            return refusal.reply() == null
                    ? verdict.ofSilence(attempt.envelope(), refusal.pool(), refusal.getMessage())
                    : verdict.ofReply(attempt.envelope(), refusal.pool(), refusal.phase(), refusal.reply());
        }
        if (failure instanceof NoRoomException noRoom) {
            return verdict.ofNoPool(attempt.envelope(), noRoom.getMessage(), noRoom.retryAfter());
        }
        if (failure instanceof GivenUpException) {
            return new Outcome.Bounced(null, Category.FAIL_NO_SUPPRESS, null, failure.getMessage());
        }
        if (failure instanceof ExpiredException) {
            return new Outcome.Expired(null, null, failure.getMessage());
        }
        return new Outcome.Faulted("internal fault, kept for replay: " + failure);
    }

    private static boolean inDoubt(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) instanceof SmtpDeliveryException failure && failure.inDoubt();
    }

    private void count(Attempt attempt, Outcome outcome, EventKind kind, boolean inDoubt) {
        meters.attempted(attempt.envelope(), outcome.pool(), attempt.route(), kind, attempt.tookMillis(), age(attempt));
        if (inDoubt) {
            meters.inDoubt(attempt.envelope(), outcome.pool(), kind);
        }
    }

    private Duration age(Attempt attempt) {
        return Duration.between(attempt.envelope().acceptedAt(), clock.instant());
    }

    private DeliveryEvent event(Attempt attempt, EventKind kind, @Nullable String pool, @Nullable SmtpReply reply, @Nullable String category,
            @Nullable String detail, @Nullable Instant next) {
        var e = attempt.envelope();
        return new DeliveryEvent(e.id(), e.submissionId(), kind, e.attempt(), clock.instant(), null, e.from() == null ? null : e.from().toString(),
                e.to().toString(), e.provider(), pool, e.stream(), e.campaign(), e.tags(), reply == null ? 0 : reply.code(),
                reply == null ? null : reply.enhanced(), category, detail, e.size(), attempt.pool() == null ? null : attempt.tookMillis(), next, node,
                null, null);
    }
}
