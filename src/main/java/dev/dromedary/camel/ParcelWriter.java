package dev.dromedary.camel;

import dev.dromedary.dsn.FailureReports;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventCodec;
import dev.dromedary.event.EventKind;
import dev.dromedary.ingress.Acceptance;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.retry.DeferredMessage;
import dev.dromedary.retry.DoubtVerdict;
import dev.dromedary.store.DeadLetter;
import dev.dromedary.store.MessageCodec;
import dev.dromedary.store.Queues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what has to be sent as JMS messages: built from our own types each time, so that no header is ever carried over. */
final class ParcelWriter {
    /** Names the message to the broker, which drops a second one of the same name within its memory of recent ids. */
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    Parcel event(DeliveryEvent event) {
        return new Parcel(Queues.EVENT, Map.of(), EventCodec.encode(event));
    }

    /** The lanes' messages, or those for the store of what waits, and the events. */
    List<Parcel> accepted(Acceptance acceptance, Instant now) {
        var out = new ArrayList<Parcel>();
        for (Acceptance.Rendered message : acceptance.messages()) {
            Acceptance.Due due = message.due();
            Parcel parcel = due == null ? lane(message) : scheduled(message, due, now);
            out.add(acceptance.keyed() ? named(parcel, "accept:" + message.envelope().id()) : parcel);
        }
        acceptance.events().forEach(event -> out.add(event(event)));
        return out;
    }

    Parcel deferred(Envelope next, byte[] mime, Outcome.Deferred outcome, Instant now) {
        SmtpReply reply = outcome.reply();
        return waiting(new DeferredMessage(next, mime, DeferredMessage.Kind.DEFERRED, outcome.nextAttempt(), now, outcome.reason(), outcome.category(),
                outcome.pool(), reply == null ? 0 : reply.code()));
    }

    Parcel parked(Envelope envelope, byte[] mime, NoRoomException wait, Instant next, Instant now) {
        DeferredMessage.Kind kind = wait.heldBy() == null ? DeferredMessage.Kind.PACED : DeferredMessage.Kind.HELD;
        return waiting(new DeferredMessage(envelope, mime, kind, next, now, wait.getMessage(), null, null, 0, wait.heldBy()));
    }

    Parcel dead(Envelope envelope, byte[] mime, Outcome outcome, Instant now) {
        DeadLetter letter;
        if (outcome instanceof Outcome.Bounced bounced) {
            letter = letter(envelope, DeadLetter.Kind.BOUNCED, bounced.reason(), bounced.reply(), bounced.category().id(), bounced.pool(), now);
        } else if (outcome instanceof Outcome.Expired expired) {
            letter = letter(envelope, DeadLetter.Kind.EXPIRED, expired.reason(), expired.lastReply(), null, expired.pool(), now);
        } else if (outcome instanceof Outcome.HeldInDoubt held) {
            letter = letter(envelope, DeadLetter.Kind.IN_DOUBT, held.reason(), null, DoubtVerdict.CATEGORY, held.pool(), now);
        } else if (outcome instanceof Outcome.Faulted faulted) {
            letter = letter(envelope, DeadLetter.Kind.FAULTED, faulted.reason(), null, null, null, now);
        } else {
            throw new IllegalArgumentException("not a dead letter: " + outcome);
        }
        return new Parcel(Queues.DEAD, letter.toHeaders(), mime);
    }

    /** The lane's message and its accepted event. */
    List<Parcel> report(FailureReports.Rendered report, Instant now, String node) {
        Envelope e = report.envelope();
        var accepted = new DeliveryEvent(e.id(), e.submissionId(), EventKind.ACCEPTED, 0, now, Way.DSN.id(), null, e.to().toString(), e.provider(), null, e.stream(), null,
                e.tags(), 0, null, null, "report to the sender of a message that failed", e.size(), null, null, node, null, null);
        return List.of(lane(new Acceptance.Rendered(e, report.mime(), null)), event(accepted));
    }

    private static DeadLetter letter(Envelope envelope, DeadLetter.Kind kind, String reason, @Nullable SmtpReply reply, @Nullable String category,
            @Nullable String pool, Instant now) {
        return new DeadLetter(envelope, kind, reason, reply == null ? 0 : reply.code(), reply == null ? null : reply.enhanced(), category, pool, now, null);
    }

    private static Parcel lane(Acceptance.Rendered message) {
        return new Parcel(Queues.lane(message.envelope()), MessageCodec.toHeaders(message.envelope()), message.mime());
    }

    private static Parcel scheduled(Acceptance.Rendered message, Acceptance.Due due, Instant now) {
        return waiting(new DeferredMessage(message.envelope(), message.mime(), DeferredMessage.Kind.SCHEDULED, due.at(), now, due.why(), null, null, 0));
    }

    private static Parcel waiting(DeferredMessage message) {
        return new Parcel(Queues.DEFERRED, message.toHeaders(), message.body());
    }

    private static Parcel named(Parcel parcel, String id) {
        var headers = new HashMap<>(parcel.headers());
        headers.put(DUPLICATE_ID, id);
        return new Parcel(parcel.queue(), headers, parcel.body());
    }
}
