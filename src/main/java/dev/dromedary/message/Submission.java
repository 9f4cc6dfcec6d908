package dev.dromedary.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a submitter handed in, parsed and syntactically valid; every way in produces this type and hands it to the accept step.
 *
 * @param messageId     the submitter's own id, or null: then one is made. 1-200 characters of {@code A-Z a-z 0-9 . _ - + = @ :}
 * @param from          the envelope sender, or null for the null reverse-path {@code <>} (RFC 5321 section 4.5.5)
 * @param to            one to many recipients, without duplicates; each becomes a message of its own
 * @param priority      0-999, lower is more urgent, see {@link PriorityClass}; 100 unless told (the seed's scale)
 * @param scheduledTime not before this time, or null for now
 * @param maxRetries    0-1000 attempts after the first, or null for the configured number
 * @param bestWithin    how long at most each recipient's best hour is waited for, 1 h to 7 d, or null for not at all
 */
public record Submission(
        @Nullable String messageId,
        @Nullable EmailAddress from,
        List<EmailAddress> to,
        Content content,
        int priority,
        @Nullable Instant scheduledTime,
        @Nullable Integer maxRetries,
        String stream,
        @Nullable String campaign,
        List<String> tags,
        DeliveryTerms terms,
        @Nullable Duration bestWithin) {
    public static final int DEFAULT_PRIORITY = 100;
    public static final String DEFAULT_STREAM = "default";

    public Submission(@Nullable String messageId, @Nullable EmailAddress from, List<EmailAddress> to, Content content, int priority, @Nullable Instant scheduledTime,
            @Nullable Integer maxRetries, String stream, @Nullable String campaign, List<String> tags) {
        this(messageId, from, to, content, priority, scheduledTime, maxRetries, stream, campaign, tags, DeliveryTerms.NONE, null);
    }

    public Submission {
        to = List.copyOf(to);
        tags = List.copyOf(tags);
    }
}
