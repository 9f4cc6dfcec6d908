package dev.dromedary.retry;

import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Classification;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.RetryHint;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.outcome.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a failed attempt means for its message: tried again when, bounced, or given up. */
public final class Verdict {
    private final ReplyClassifier classifier;
    private final RetrySchedule schedule;
    private final InstantSource clock;

    public Verdict(ReplyClassifier classifier, RetrySchedule schedule, InstantSource clock) {
        this.classifier = classifier;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** After a reply that refused. A refusal before the transaction concerns the pool, so the message is always tried again. */
    public Outcome ofReply(Envelope envelope, @Nullable String pool, SmtpPhase phase, SmtpReply reply) {
        Classification meaning = classifier.classify(reply, envelope.provider());
        if (phase.beforeTransaction()) {
            return retry(envelope, pool, Category.NETWORK_TRANSIENT, reply, "at " + phase + ": " + reply.text(), null);
        }
        if (meaning.category().retryable()) {
            return retry(envelope, pool, meaning.category(), reply, reply.text(), RetryHint.parse(reply.text()).orElse(null));
        }
        return new Outcome.Bounced(pool, meaning.category(), reply, reply.text());
    }

    /** Where no reply came: the connection was refused, broken or timed out. */
    public Outcome ofSilence(Envelope envelope, @Nullable String pool, String reason) {
        return retry(envelope, pool, Category.NETWORK_TRANSIENT, null, reason, null);
    }

    /** Where no pool could be reached; not sooner than {@code wait}. */
    public Outcome ofNoPool(Envelope envelope, String reason, Duration wait) {
        return retry(envelope, null, Category.NETWORK_TRANSIENT, null, reason, wait);
    }

    /** Empty, or that the message is too old to be tried at all. */
    public Optional<Outcome> ofAge(Envelope envelope) {
        return schedule.expired(envelope, clock.instant())
                ? Optional.of(new Outcome.Expired(null, null, "older than the maximum age when its turn came"))
                : Optional.empty();
    }

    /** Zero, or the time until the send window of the message's stream opens. */
    public Duration untilWindow(Envelope envelope) {
        return schedule.untilWindow(envelope.stream(), clock.instant());
    }

    private Outcome retry(Envelope envelope, @Nullable String pool, Category category, @Nullable SmtpReply reply, String reason, @Nullable Duration hint) {
        Optional<Instant> next = schedule.next(envelope, category, hint, clock.instant());
        if (next.isPresent()) {
            return new Outcome.Deferred(pool, category, reply, reason, next.get());
        }
        return new Outcome.Expired(pool, reply, "given up after attempt " + envelope.attempt() + ": " + reason);
    }
}
