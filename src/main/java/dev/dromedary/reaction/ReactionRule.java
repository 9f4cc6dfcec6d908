package dev.dromedary.reaction;

import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Classification;
import dev.dromedary.outcome.ReplyPattern;
import dev.dromedary.outcome.SmtpReply;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Where so many replies fit, something is done for a while.
 *
 * @param reasons       reasons of the classification; empty for any
 * @param categories    categories of the classification; empty for any
 * @param wholeProvider true where replies to all pools are counted together and all pools are held back; false for one pool at a time
 * @param recovery      the way back after {@code lasts}; empty for all at once
 * @param source        who says so
 * @param line          where it begins in its file, from 1
 */
record ReactionRule(
        String id, ReplyPattern pattern, Set<String> reasons, Set<Category> categories, Threshold threshold, ReactionAction action, boolean wholeProvider,
        Duration lasts, List<RecoveryStep> recovery, String source, String file, int line) {

    ReactionRule {
        reasons = Set.copyOf(reasons);
        categories = Set.copyOf(categories);
        recovery = List.copyOf(recovery);
    }

    boolean matches(SmtpReply reply, String folded, String provider, Classification meaning) {
        return (reasons.isEmpty() || reasons.contains(meaning.reason())) && (categories.isEmpty() || categories.contains(meaning.category()))
                && pattern.matches(reply, folded, provider);
    }
}
