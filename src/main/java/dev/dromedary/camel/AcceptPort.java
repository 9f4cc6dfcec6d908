package dev.dromedary.camel;

import dev.dromedary.ingress.Acceptance;
import dev.dromedary.ingress.IdempotencyLedger;
import dev.dromedary.ingress.Intake;
import dev.dromedary.ingress.RequestKey;
import dev.dromedary.ingress.SmtpSubmission;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.monitor.Meters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Hands a submission from outside Camel to {@code direct:accept}, and returns only when it is on disk. */
final class AcceptPort implements Intake {
    private final Supplier<ProducerTemplate> producer;
    private final SubmissionReader reader;
    private final IdempotencyLedger ledger;
    private final Meters meters;

    AcceptPort(Supplier<ProducerTemplate> producer, SubmissionReader reader, IdempotencyLedger ledger, Meters meters) {
        this.producer = producer;
        this.reader = reader;
        this.ledger = ledger;
        this.meters = meters;
    }

    /** What became of a submission. @param replayed true where the same request had been accepted before */
    record Receipt(String submissionId, List<Line> messages, List<String> suppressed, boolean replayed) {
        record Line(String id, String to, String provider) {
        }
    }

    @Override
    public String accept(SmtpSubmission smtp) {
        Submission submission = read(Way.SMTP, () -> reader.readRaw(smtp.data(), smtp.from() == null ? "" : smtp.from(), smtp.to(), Map.of()));
        return accept(submission, Way.SMTP, null).submissionId();
    }

    /** What cannot be read is refused as much as what cannot be accepted, and counted with it. */
    Submission read(Way way, Supplier<Submission> source) {
        try {
            return source.get();
        } catch (RefusedException e) {
            throw refusing(way, e);
        }
    }

    /** @return the same, counted */
    RefusedException refusing(Way way, RefusedException refusal) {
        meters.refused(way.id(), refusal.refusal().code().name());
        return refusal;
    }

    /** @throws RefusedException with the reason; {@link RefusalCode#UNAVAILABLE} where the broker could not take it */
    Receipt accept(Submission submission, Way way, @Nullable RequestKey key) {
        try {
            Optional<String> before = key == null ? Optional.empty() : ledger.find(key);
            if (before.isPresent()) {
                return new Receipt(before.get(), List.of(), List.of(), true);
            }
            Receipt receipt = receipt(enqueue(new AcceptStep.Request(submission, way, key)));
            if (key != null) {
                ledger.accepted(key, receipt.submissionId());
            }
            return receipt;
        } catch (RefusedException e) {
            if (key != null && e.refusal().code() == RefusalCode.MESSAGE_DUPLICATE) {
                return new Receipt(ledger.find(key).orElse(key.messageId()), List.of(), List.of(), true);
            }
            throw refusing(way, e);
        }
    }

    private Acceptance enqueue(AcceptStep.Request request) {
        Exchange result = producer.get().request("direct:accept", exchange -> exchange.getMessage().setBody(request));
        Exception failure = result.getException();
        if (failure == null) {
            return result.getMessage().getBody(Acceptance.class);
        }
        throw asRefusal(failure, request.submission().messageId());
    }

    /** @param messageId the submitter's own, where there was one */
    static RefusedException asRefusal(Exception failure, @Nullable String messageId) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return refused;
            }
            if (cause instanceof ActiveMQDuplicateIdException) {
                return new RefusedException(RefusalCode.MESSAGE_DUPLICATE, "message_id", String.valueOf(messageId),
                        "a message of this id was accepted before; give every message an id of its own, or none");
            }
        }
        org.slf4j.LoggerFactory.getLogger(AcceptPort.class).warn("[ACCEPT_UNAVAILABLE] broker: not enqueued; the sender was told to try again", failure);
        return new RefusedException(RefusalCode.UNAVAILABLE, "broker", "the message could not be put on disk", "try again later");
    }

    private static Receipt receipt(Acceptance acceptance) {
        var lines = acceptance.messages().stream()
                .map(m -> new Receipt.Line(m.envelope().id(), m.envelope().to().toString(), m.envelope().provider())).toList();
        return new Receipt(acceptance.submissionId(), lines, acceptance.suppressed().stream().map(Object::toString).toList(), false);
    }
}
