package dev.dromedary.outcome;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Turns the YAML nodes of a rules file into rules, and goes on after a problem so as to find them all. */
final class RulesReader {
    /**
     * A group with a quantifier inside and another behind it, as in {@code (a+)+}: exponential in a backtracking engine. Up to nine
     * repetitions are let pass, being polynomial; {@link BudgetedText} ends what takes too long all the same.
     */
    private static final Pattern NESTED_QUANTIFIERS = Pattern.compile("\\((?:[^()\\\\]|\\\\.)*(?:[+*]|\\{\\d+,\\})(?:[^()\\\\]|\\\\.)*\\)(?:[+*]|\\{\\d+,(?:\\}|\\d\\d))");

    private final YamlFields fields;
    private final String file;

    RulesReader(String file) {
        this(file, new YamlFields(file));
    }

    RulesReader(String file, YamlFields fields) {
        this.file = file;
        this.fields = fields;
    }

    RulesFile file(@Nullable Node root) {
        Map<String, Node> sections = fields.of(root, "file", Set.of("include", "reasons", "rules", "statuses", "weak-rules"));
        Node include = sections.get("include");
        if (include != null && !"built-in".equals(fields.scalar(include, "include"))) {
            fields.problem("RULES_VALUE", include, "include", fields.shown(include), "write built-in, or leave it out");
        }
        Map<String, ReasonMeaning> reasons = sections.containsKey("reasons") ? reasons(sections.get("reasons")) : null;
        List<ReplyRule> rules = rules(sections, "rules");
        List<ReplyRule> statuses = sections.containsKey("statuses") ? statuses(sections.get("statuses")) : null;
        return new RulesFile(file, include != null, reasons, rules, statuses, rules(sections, "weak-rules"), fields.problems());
    }

    private Map<String, ReasonMeaning> reasons(Node section) {
        Map<String, ReasonMeaning> reasons = new LinkedHashMap<>();
        fields.of(section, "reasons", null).forEach((id, node) -> {
            String at = "reasons." + id;
            Map<String, Node> given = fields.of(node, at, Set.of("cause", "cause-4xx", "cause-5xx", "refused", "action"));
            Cause cause = cause(given, "cause", at);
            if (cause == null) {
                if (!given.containsKey("cause")) {
                    fields.problem("RULES_KEY_MISSING", node, at, "no cause", "add one, such as cause: permanent-recipient");
                }
                return;
            }
            Cause transientCause = cause(given, "cause-4xx", at);
            Cause permanentCause = cause(given, "cause-5xx", at);
            reasons.put(id, new ReasonMeaning(
                    transientCause == null ? cause : transientCause, permanentCause == null ? cause : permanentCause, cause, refused(given, at), action(given, at)));
        });
        return reasons;
    }

    private @Nullable Cause cause(Map<String, Node> given, String key, String at) {
        Node node = given.get(key);
        return node == null ? null : fields.oneOf(node, at + "." + key, Cause.values(), Cause::id);
    }

    private @Nullable Category refused(Map<String, Node> given, String at) {
        Node node = given.get("refused");
        return node == null ? null : fields.oneOf(node, at + ".refused", Category.values(), Category::id);
    }

    private @Nullable Action action(Map<String, Node> given, String at) {
        Node node = given.get("action");
        return node == null ? null : fields.oneOf(node, at + ".action", Action.values(), Action::id);
    }

    private List<ReplyRule> statuses(Node section) {
        List<ReplyRule> rules = new ArrayList<>();
        fields.of(section, "statuses", null).forEach((form, node) -> {
            StatusPattern status = StatusPattern.parse(List.of(form));
            if (status == null) {
                fields.problem("RULES_VALUE", node, "statuses." + form, form, "write a status such as x.1.1, 5.7.* or 5.7.606-649");
            } else {
                rules.add(new ReplyRule(
                        "status-" + form, Set.of(), CodePattern.ANY, status, TextPattern.ANY, fields.scalar(node, "statuses." + form), file, fields.line(node)));
            }
        });
        return rules;
    }

    private @Nullable List<ReplyRule> rules(Map<String, Node> sections, String name) {
        Node section = sections.get(name);
        if (section == null) {
            return null;
        }
        if (!(section instanceof SequenceNode list)) {
            fields.problem("RULES_VALUE", section, name, fields.shown(section), "write a list of rules");
            return List.of();
        }
        List<ReplyRule> rules = new ArrayList<>();
        for (Node node : list.getValue()) {
            rules.add(rule(node, name + "[" + rules.size() + "]"));
        }
        return rules;
    }

    private ReplyRule rule(Node node, String position) {
        Map<String, Node> given = fields.of(node, position, Set.of("id", "providers", "code", "status", "phrases", "regex", "reason", "source"));
        String id = given.containsKey("id") ? fields.scalar(given.get("id"), position + ".id") : "";
        String at = id.isEmpty() ? position : id;
        for (String key : List.of("id", "reason", "source")) {
            if (node instanceof MappingNode && !given.containsKey(key)) {
                fields.problem("RULES_KEY_MISSING", node, at, "no " + key, "add " + key);
            }
        }
        String reason = given.containsKey("reason") ? fields.scalar(given.get("reason"), at + ".reason") : "";
        ReplyPattern pattern = pattern(given, at);
        return new ReplyRule(id, pattern.providers(), pattern.code(), pattern.status(), pattern.text(), reason, file, fields.line(node));
    }

    /** The conditions that rules of every kind share: {@link ReplyPattern#KEYS}. */
    ReplyPattern pattern(Map<String, Node> given, String at) {
        CodePattern code = given.containsKey("code") ? CodePattern.parse(fields.words(given.get("code"), at + ".code")) : CodePattern.ANY;
        if (code == null) {
            fields.problem("RULES_VALUE", given.get("code"), at + ".code", fields.shown(given.get("code")), "write codes such as 550, 4xx or none");
        }
        StatusPattern status = given.containsKey("status") ? StatusPattern.parse(fields.words(given.get("status"), at + ".status")) : StatusPattern.ANY;
        if (status == null) {
            fields.problem("RULES_VALUE", given.get("status"), at + ".status", fields.shown(given.get("status")), "write statuses such as 5.1.1, x.1.1, 4.7.*, 5.7.606-649 or none");
        }
        Set<String> providers = given.containsKey("providers") ? Set.copyOf(fields.words(given.get("providers"), at + ".providers")) : Set.of();
        return new ReplyPattern(providers, code == null ? CodePattern.ANY : code, status == null ? StatusPattern.ANY : status, text(given, at));
    }

    private TextPattern text(Map<String, Node> given, String at) {
        List<String> phrases = given.containsKey("phrases") ? fields.words(given.get("phrases"), at + ".phrases") : List.of();
        List<Pattern> expressions = new ArrayList<>();
        Node regex = given.get("regex");
        if (regex != null) {
            for (Node one : regex instanceof SequenceNode list ? list.getValue() : List.of(regex)) {
                Pattern expression = expression(one, at + ".regex");
                if (expression != null) {
                    expressions.add(expression);
                }
            }
        }
        return new TextPattern(phrases, expressions);
    }

    /** One expression, or the parts of a long one in a list. */
    private @Nullable Pattern expression(Node node, String at) {
        String written = String.join("", fields.words(node, at));
        if (node instanceof SequenceNode parts && parts.getValue().isEmpty()) {
            fields.problem("RULES_VALUE", node, at, "an empty list", "write the parts of an expression");
            return null;
        }
        if (NESTED_QUANTIFIERS.matcher(written).find()) {
            fields.problem("RULES_REGEX", node, at, written, "bound the repetition inside the repeated group: nested ones take exponential time");
            return null;
        }
        try {
            return Pattern.compile(written, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            fields.problem("RULES_REGEX", node, at, written, "mend the expression: " + e.getDescription() + " near position " + e.getIndex());
            return null;
        }
    }
}
