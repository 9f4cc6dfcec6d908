package dev.dromedary.outcome;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rules file as written, with the problems met in reading it. A section that the file does not have is null.
 *
 * @param includesBuiltIn true where the built-in rules are to be tried behind the file's own
 */
record RulesFile(
        String name, boolean includesBuiltIn, @Nullable Map<String, ReasonMeaning> ownReasons, @Nullable List<ReplyRule> rules,
        @Nullable List<ReplyRule> statuses, @Nullable List<ReplyRule> weakRules, List<RuleProblem> problems) {
    static RulesFile read(Path path) {
        return of(RulesDocument.read(path));
    }

    static RulesFile parse(String name, String text) {
        return of(RulesDocument.parse(name, text));
    }

    private static RulesFile of(RulesDocument document) {
        return document.problem() == null
                ? new RulesReader(document.name()).file(document.root())
                : new RulesFile(document.name(), false, null, null, null, null, List.of(document.problem()));
    }

    /** This file, with what it leaves out taken from another. */
    RulesFile over(RulesFile base) {
        List<ReplyRule> allRules = new ArrayList<>(rules == null ? list(base.rules) : rules);
        if (rules != null && includesBuiltIn) {
            allRules.addAll(list(base.rules));
        }
        Map<String, ReasonMeaning> allReasons = new LinkedHashMap<>(base.reasons());
        allReasons.putAll(reasons());
        return new RulesFile(
                name, includesBuiltIn, allReasons, allRules, statuses == null ? base.statuses : statuses, weakRules == null ? base.weakRules : weakRules, problems);
    }

    Map<String, ReasonMeaning> reasons() {
        return ownReasons == null ? Map.of() : ownReasons;
    }

    /** Every rule in the order tried. */
    List<ReplyRule> ordered() {
        List<ReplyRule> all = new ArrayList<>(list(rules));
        all.addAll(list(statuses));
        all.addAll(list(weakRules));
        return all;
    }

    private static List<ReplyRule> list(@Nullable List<ReplyRule> section) {
        return section == null ? List.of() : section;
    }
}
