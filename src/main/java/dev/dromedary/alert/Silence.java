package dev.dromedary.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nobody is told of some alerts for a while; they are shown all the same.
 *
 * @param rule    id of the only rule it is for, or null for all, as with {@code subject}
 * @param ended   when somebody ended it early, or null
 */
public record Silence(String id, @Nullable String rule, @Nullable String subject, Instant since, Instant until, String by, String reason, @Nullable Instant ended) {
    public boolean holds(Instant now) {
        return ended == null && !now.isBefore(since) && now.isBefore(until);
    }

    public boolean covers(Alert alert) {
        return (rule == null || rule.equals(alert.rule())) && (subject == null || subject.equals(alert.subject()));
    }
}
