package dev.dromedary.reaction;

import dev.dromedary.outcome.RuleProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what reading alone cannot: rules that name what does not exist, and so could never match. */
final class ReactionLinter {
    private final Set<String> providers;
    private final Set<String> reasons;

    ReactionLinter(Set<String> providers, Set<String> reasons) {
        this.providers = providers;
        this.reasons = reasons;
    }

    /** The problems met in reading and those found here, by line. */
    List<RuleProblem> problems(ReactionRulesReader.Read read) {
        List<RuleProblem> problems = new ArrayList<>(read.problems());
        for (ReactionRule rule : read.rules()) {
            unknown(problems, rule, "providers", rule.pattern().providers(), providers, "RULES_PROVIDER_UNKNOWN");
            unknown(problems, rule, "reasons", rule.reasons(), reasons, "RULES_REASON_UNKNOWN");
        }
        Set<String> builtIn = ReactionRules.builtIn().all().stream().map(ReactionRule::id).collect(Collectors.toSet());
        for (String id : read.without()) {
            if (!builtIn.contains(id)) {
                problems.add(new RuleProblem("RULES_ID_UNKNOWN", read.file(), 0, "without", id, "name a built-in rule"));
            }
        }
        problems.sort(Comparator.comparingInt(RuleProblem::line));
        return problems;
    }

    private static void unknown(List<RuleProblem> problems, ReactionRule rule, String key, Set<String> named, Set<String> known, String code) {
        named.stream().filter(name -> !known.contains(name)).sorted().forEach(name -> problems.add(
                new RuleProblem(code, rule.file(), rule.line(), rule.id() + "." + key, name, "the rule could never match: correct it, or add that to the configuration")));
    }
}
