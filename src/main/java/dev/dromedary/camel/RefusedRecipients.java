package dev.dromedary.camel;

import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.store.Queues;
import dev.dromedary.suppression.SuppressionPolicy;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a failed attempt says about its recipient, as a parcel for the commit that records the attempt. */
final class RefusedRecipients {
    private final ReplyClassifier classifier;
    private final SuppressionPolicy policy;
    private final InstantSource clock;

    RefusedRecipients(ReplyClassifier classifier, SuppressionPolicy policy, InstantSource clock) {
        this.classifier = classifier;
        this.policy = policy;
        this.clock = clock;
    }

    /** Empty where the attempt says nothing, which is usual. */
    List<Parcel> parcels(Envelope envelope, Outcome outcome) {
        SmtpReply reply = replyOf(outcome);
        if (reply == null) {
            return List.of();
        }
        return policy.of(envelope, classifier.classify(reply, envelope.provider()), reply.text(), clock.instant())
                .map(notice -> new Parcel(Queues.SUPPRESSION, notice.toHeaders(), new byte[0])).stream().toList();
    }

    /** A refusal before the transaction, which counts as network trouble, is about the pool. */
    private static @Nullable SmtpReply replyOf(Outcome outcome) {
        if (outcome instanceof Outcome.Bounced bounced) {
            return bounced.reply();
        }
        if (outcome instanceof Outcome.Deferred deferred && deferred.category() != Category.NETWORK_TRANSIENT) {
            return deferred.reply();
        }
        return outcome instanceof Outcome.Expired expired ? expired.lastReply() : null;
    }
}
