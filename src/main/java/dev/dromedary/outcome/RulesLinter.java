package dev.dromedary.outcome;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what reading alone cannot: unknown reasons, ids given twice, rules that no reply can reach, and actions that never fit. */
final class RulesLinter {

    private RulesLinter() {
    }

    /** The problems met in reading and those found here, by line. */
    static List<RuleProblem> problems(RulesFile file) {
        List<RuleProblem> problems = new ArrayList<>(file.problems());
        if (problems.stream().anyMatch(p -> p.code().equals("RULES_YAML") || p.code().equals("RULES_UNREADABLE"))) {
            return problems;
        }
        reasons(file, problems);
        duplicates(file, problems);
        unreachable(file, problems);
        problems.sort(Comparator.comparingInt(RuleProblem::line));
        return problems;
    }

    private static void reasons(RulesFile file, List<RuleProblem> problems) {
        if (!file.reasons().containsKey(ReplyRules.UNDEFINED)) {
            problems.add(new RuleProblem("RULES_KEY_MISSING", file.name(), 0, "reasons", "no " + ReplyRules.UNDEFINED, "say what a reply without a rule means"));
        }
        for (ReplyRule rule : file.ordered()) {
            if (!rule.reason().isEmpty() && !file.reasons().containsKey(rule.reason())) {
                problems.add(new RuleProblem("RULES_REASON_UNKNOWN", rule.file(), rule.line(), rule.id(), rule.reason(), "use a reason of the reasons section, or add it there"));
            }
        }
        file.reasons().forEach((id, meaning) -> {
            Action action = meaning.action();
            if (action != null && !action.fits(meaning.category(ReplyClass.TRANSIENT)) && !action.fits(meaning.category(ReplyClass.PERMANENT))
                    && !action.fits(meaning.category(ReplyClass.NONE))) {
                problems.add(new RuleProblem("RULES_ACTION", file.name(), 0, "reasons." + id, action.id(), "choose an action that fits one of the reason's categories"));
            }
        });
    }

    private static void duplicates(RulesFile file, List<RuleProblem> problems) {
        Map<String, ReplyRule> seen = new HashMap<>();
        for (ReplyRule rule : file.ordered()) {
            ReplyRule first = rule.id().isEmpty() ? null : seen.putIfAbsent(rule.id(), rule);
            if (first != null) {
                problems.add(new RuleProblem(
                        "RULES_ID_DUPLICATE", rule.file(), rule.line(), rule.id(), "also at " + first.file() + ":" + first.line(), "give each rule an id of its own"));
            }
        }
    }

    /** Only a single earlier rule is looked at: several that together leave nothing over are not found. */
    private static void unreachable(RulesFile file, List<RuleProblem> problems) {
        List<ReplyRule> rules = file.ordered();
        for (int i = 1; i < rules.size(); i++) {
            ReplyRule rule = rules.get(i);
            for (ReplyRule earlier : rules.subList(0, i)) {
                // A file that puts a rule before the built-in ones means to overrule them.
                if (earlier.covers(rule) && (earlier.file().equals(rule.file()) || !rule.file().equals(ReplyRules.BUILT_IN_NAME))) {
                    problems.add(new RuleProblem(
                            "RULES_UNREACHABLE", rule.file(), rule.line(), rule.id(), "every reply it matches is taken by " + earlier.id() + " at line " + earlier.line(),
                            "move it up, narrow the earlier rule, or delete it"));
                    break;
                }
            }
        }
    }
}
