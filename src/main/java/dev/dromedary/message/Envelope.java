package dev.dromedary.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one accepted message but its bytes: what a lane carries beside the body.
 *
 * @param id           unique; for a submission of many recipients {@code <submissionId>.<n>}, n from 1
 * @param submissionId what the submitter was given as {@code message_id}
 * @param from         envelope sender, or null for {@code <>}
 * @param provider     id of the mailbox provider, {@code other} where none claims the domain
 * @param attempt      1 on the first attempt
 * @param maxRetries   attempts allowed after the first
 * @param acceptedAt   when it was accepted or, where it had to wait from the beginning, when it was due: its age counts from here
 * @param size         bytes of the rendered message
 * @param avoid        the pool that refused it last for the pool's own sake: another is tried first; or null
 * @param route        the delivery route that an operator chose, {@code pool:ID} for one pool, or null for the one that matches
 * @param submittedAt  when a message that had to wait from the beginning was accepted; null where that is {@code acceptedAt}
 */
public record Envelope(
        String id,
        String submissionId,
        @Nullable EmailAddress from,
        EmailAddress to,
        String provider,
        String stream,
        @Nullable String campaign,
        List<String> tags,
        int priority,
        int maxRetries,
        Instant acceptedAt,
        int attempt,
        int size,
        DeliveryTerms terms,
        @Nullable String avoid,
        @Nullable String route,
        @Nullable Instant submittedAt) {

    public Envelope(String id, String submissionId, @Nullable EmailAddress from, EmailAddress to, String provider, String stream, @Nullable String campaign,
            List<String> tags, int priority, int maxRetries, Instant acceptedAt, int attempt, int size, DeliveryTerms terms, @Nullable String avoid,
            @Nullable String route) {
        this(id, submissionId, from, to, provider, stream, campaign, tags, priority, maxRetries, acceptedAt, attempt, size, terms, avoid, route, null);
    }

    public Envelope(String id, String submissionId, @Nullable EmailAddress from, EmailAddress to, String provider, String stream, @Nullable String campaign,
            List<String> tags, int priority, int maxRetries, Instant acceptedAt, int attempt, int size) {
        this(id, submissionId, from, to, provider, stream, campaign, tags, priority, maxRetries, acceptedAt, attempt, size, DeliveryTerms.NONE, null, null);
    }

    public Envelope withAttempt(int next) {
        return new Envelope(id, submissionId, from, to, provider, stream, campaign, tags, priority, maxRetries, acceptedAt, next, size, terms, avoid, route, submittedAt);
    }

    public Envelope avoiding(@Nullable String pool) {
        return new Envelope(id, submissionId, from, to, provider, stream, campaign, tags, priority, maxRetries, acceptedAt, attempt, size, terms, pool, route, submittedAt);
    }

    public Envelope withRoute(@Nullable String other) {
        return new Envelope(id, submissionId, from, to, provider, stream, campaign, tags, priority, maxRetries, acceptedAt, attempt, size, terms, avoid, other, submittedAt);
    }

    public Envelope withTerms(DeliveryTerms other) {
        return new Envelope(id, submissionId, from, to, provider, stream, campaign, tags, priority, maxRetries, acceptedAt, attempt, size, other, avoid, route, submittedAt);
    }

    /** When we took it over from the submitter, however long it was to wait then. */
    public Instant submitted() {
        return submittedAt == null ? acceptedAt : submittedAt;
    }
}
