package dev.dromedary.outcome;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Says what a reply means, by the first rule that matches. Safe for use by many threads, also while its rules are exchanged. */
public final class ReplyClassifier {
    private final AtomicReference<ReplyRules> rules;

    public ReplyClassifier(ReplyRules rules) {
        this.rules = new AtomicReference<>(rules);
    }

    public static ReplyClassifier withBuiltInRules() {
        return new ReplyClassifier(ReplyRules.builtIn());
    }

    /**
     * Puts the rules of a file in force; classifications under way end under the old ones.
     *
     * @throws ReplyRulesException where the file has a problem; the old rules then stay
     */
    public void reload(Path path) {
        rules.set(ReplyRules.load(path));
    }

    /** @param providerId id of the mailbox provider that answered, or null where none claims the recipient */
    public Classification classify(SmtpReply reply, @Nullable String providerId) {
        ReplyClass replyClass = ReplyClass.of(reply);
        return switch (replyClass) {
            case POSITIVE -> new Classification(Category.DELIVERED, Action.DELIVER, "delivered", Cause.DELIVERED, "code-2xx");
            case INTERMEDIATE -> classification(rules.get(), ReplyRules.UNDEFINED, replyClass, "code-3xx");
            case TRANSIENT, PERMANENT, NONE -> byRules(reply, replyClass, providerId);
        };
    }

    private Classification byRules(SmtpReply reply, ReplyClass replyClass, @Nullable String providerId) {
        ReplyRules current = rules.get();
        String folded = TextPattern.fold(reply.text());
        for (ReplyRule rule : current.ordered()) {
            if (rule.matches(reply, folded, providerId)) {
                return classification(current, rule.reason(), replyClass, rule.id());
            }
        }
        String fallback = replyClass == ReplyClass.TRANSIENT ? "code-4xx" : replyClass == ReplyClass.PERMANENT ? "code-5xx" : "no-code";
        return classification(current, ReplyRules.UNDEFINED, replyClass, fallback);
    }

    private static Classification classification(ReplyRules rules, String reason, ReplyClass replyClass, String rule) {
        ReasonMeaning meaning = rules.reasons().get(reason);
        Category category = meaning.category(replyClass);
        return new Classification(category, meaning.action(category), reason, meaning.cause(replyClass), rule);
    }
}
