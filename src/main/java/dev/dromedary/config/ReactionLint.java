package dev.dromedary.config;

import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.ReplyRulesException;
import dev.dromedary.outcome.RuleProblem;
import dev.dromedary.reaction.ReactionRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong in the file of reactions: each of its own problems, by its own lines. */
final class ReactionLint {
    private final Findings findings;

    ReactionLint(Findings findings) {
        this.findings = findings;
    }

    void check(Settings settings, DromedaryConfig config) {
        Path rules = config.reactions().rules();
        if (rules == null) {
            return;
        }
        if (!Files.isRegularFile(rules) || !Files.isReadable(rules)) {
            findings.error(ConfigCode.MISSING_FILE, settings.place("rules"), settings.path("rules"), "\"" + rules + "\" is not there or not readable",
                    "write a path relative to the configuration's folder");
            return;
        }
        for (RuleProblem problem : ReactionRules.lint(rules, config.providers().keySet(), reasons(config.classification().rules()))) {
            findings.error(ConfigCode.BAD_RULES, new Place(rules.toString(), problem.line()), problem.subject(), problem.seen() + " (" + problem.code() + ")", problem.advice());
        }
    }

    /** Of the classification in use; where that is in error itself, of the built-in one. */
    private static Set<String> reasons(@Nullable Path classification) {
        try {
            return (classification == null ? ReplyRules.builtIn() : ReplyRules.load(classification)).reasons().keySet();
        } catch (ReplyRulesException e) {
            return ReplyRules.builtIn().reasons().keySet();
        }
    }
}
