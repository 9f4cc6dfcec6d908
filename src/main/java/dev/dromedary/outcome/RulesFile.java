package dev.dromedary.outcome;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A rules file as written, with the problems met in reading it. A section that the file does not have is null.
 *
 * @param includesBuiltIn true where the built-in rules are to be tried behind the file's own
 */
record RulesFile(
        String name, boolean includesBuiltIn, @Nullable Map<String, ReasonMeaning> ownReasons, @Nullable List<ReplyRule> rules,
        @Nullable List<ReplyRule> statuses, @Nullable List<ReplyRule> weakRules, List<RuleProblem> problems) {
    private static final long SIZE_LIMIT = 4L << 20;

    static RulesFile read(Path path) {
        String name = String.valueOf(path.getFileName());
        try {
            long size = Files.size(path);
            if (size > SIZE_LIMIT) {
                return unreadable(name, size + " bytes", "keep it under " + SIZE_LIMIT);
            }
            return parse(name, Files.readString(path));
        } catch (NoSuchFileException e) {
            return unreadable(name, "no such file " + path, "give the path of a rules file");
        } catch (CharacterCodingException e) {
            return unreadable(name, "not UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            return unreadable(name, e.toString(), "give the path of a readable file");
        }
    }

    static RulesFile parse(String name, String text) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new java.io.StringReader(text));
            return new RulesReader(name).file(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            return broken(name, new RuleProblem("RULES_YAML", name, line, "yaml", String.valueOf(e.getProblem()), "write it as YAML 1.1"));
        } catch (YAMLException e) {
            return broken(name, new RuleProblem("RULES_YAML", name, 0, "yaml", String.valueOf(e.getMessage()).lines().findFirst().orElse(""), "write it as YAML 1.1"));
        }
    }

    private static RulesFile unreadable(String name, String seen, String advice) {
        return broken(name, new RuleProblem("RULES_UNREADABLE", name, 0, "file", seen, advice));
    }

    private static RulesFile broken(String name, RuleProblem problem) {
        return new RulesFile(name, false, null, null, null, null, List.of(problem));
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
