package dev.dromedary.outcome;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule: where all its conditions hold, the reply has its reason.
 *
 * @param providers provider ids it is limited to; empty for all, known or not
 * @param line      where it begins in its file, from 1
 */
record ReplyRule(String id, Set<String> providers, CodePattern code, StatusPattern status, TextPattern text, String reason, String file, int line) {

    boolean matches(SmtpReply reply, String foldedText, @Nullable String providerId) {
        return (providers.isEmpty() || providerId != null && providers.contains(providerId))
                && code.matches(reply.code()) && status.matches(reply.enhanced()) && text.matches(foldedText);
    }

    /** True where no reply can reach the other rule behind this one. */
    boolean covers(ReplyRule other) {
        return (providers.isEmpty() || !other.providers.isEmpty() && providers.containsAll(other.providers))
                && code.covers(other.code) && status.covers(other.status) && text.covers(other.text);
    }
}
