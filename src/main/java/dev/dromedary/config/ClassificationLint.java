package dev.dromedary.config;

import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.RuleProblem;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is wrong in the file of reply rules: each of its own problems, by its own lines. */
final class ClassificationLint {
    private final Findings findings;

    ClassificationLint(Findings findings) {
        this.findings = findings;
    }

    void check(Settings settings, DromedaryConfig.Classification classification) {
        Path rules = classification.rules();
        if (rules == null) {
            return;
        }
        if (!Files.isRegularFile(rules) || !Files.isReadable(rules)) {
            findings.error(ConfigCode.MISSING_FILE, settings.place("rules"), settings.path("rules"), "\"" + rules + "\" is not there or not readable",
                    "write a path relative to the configuration's folder");
            return;
        }
        for (RuleProblem problem : ReplyRules.lint(rules)) {
            findings.error(ConfigCode.BAD_RULES, new Place(rules.toString(), problem.line()), problem.subject(), problem.seen() + " (" + problem.code() + ")", problem.advice());
        }
    }
}
