package dev.dromedary.reaction;

import dev.dromedary.config.DurationText;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.ReplyPattern;
import dev.dromedary.outcome.RuleProblem;
import dev.dromedary.outcome.RulesDocument;
import dev.dromedary.outcome.YamlFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Turns the YAML nodes of a file of reactions into rules, and goes on after a problem so as to find them all. */
final class ReactionRulesReader {
    private static final Set<String> OWN_KEYS = Set.of("id", "reasons", "categories", "threshold", "action", "scope", "for", "recovery", "source");
    private static final Set<String> CONDITIONS = Set.of("code", "status", "phrases", "regex", "reasons", "categories");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_STEPS = 20;
    private static final Set<String> KEYS = keys();

    private final YamlFields fields;
    private final String file;

    /**
     * @param without ids of built-in rules to be left out
     */
    record Read(String file, boolean includesBuiltIn, List<ReactionRule> rules, Set<String> without, List<RuleProblem> problems) {
    }

    private ReactionRulesReader(String file) {
        this.file = file;
        this.fields = new YamlFields(file);
    }

    private static Set<String> keys() {
        Set<String> keys = new HashSet<>(OWN_KEYS);
        keys.addAll(ReplyPattern.KEYS);
        return Set.copyOf(keys);
    }

    static Read read(RulesDocument document) {
        return document.problem() == null
                ? new ReactionRulesReader(document.name()).file(document.root())
                : new Read(document.name(), false, List.of(), Set.of(), List.of(document.problem()));
    }

    private Read file(@Nullable Node root) {
        Map<String, Node> sections = fields.of(root, "file", Set.of("include", "without", "rules"));
        Node include = sections.get("include");
        if (include != null && !"built-in".equals(fields.scalar(include, "include"))) {
            fields.problem("RULES_VALUE", include, "include", fields.shown(include), "write built-in, or leave it out");
        }
        Set<String> without = sections.containsKey("without") ? new LinkedHashSet<>(fields.words(sections.get("without"), "without")) : Set.of();
        List<ReactionRule> rules = sections.containsKey("rules") ? rules(sections.get("rules")) : List.of();
        return new Read(file, include != null, rules, without, fields.problems());
    }

    private List<ReactionRule> rules(Node section) {
        if (!(section instanceof SequenceNode list)) {
            fields.problem("RULES_VALUE", section, "rules", fields.shown(section), "write a list of rules");
            return List.of();
        }
        List<ReactionRule> rules = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Node node : list.getValue()) {
            ReactionRule rule = rule(node, "rules[" + rules.size() + "]");
            Integer first = rule.id().isEmpty() ? null : lines.putIfAbsent(rule.id(), rule.line());
            if (first != null) {
                fields.problem("RULES_ID_DUPLICATE", node, rule.id(), "also at " + file + ":" + first, "give each rule an id of its own");
            }
            rules.add(rule);
        }
        return rules;
    }

    private ReactionRule rule(Node node, String position) {
        Map<String, Node> given = fields.of(node, position, KEYS);
        String id = given.containsKey("id") ? fields.scalar(given.get("id"), position + ".id") : "";
        String at = id.isEmpty() ? position : id;
        if (!id.isEmpty() && !id.matches("[a-z0-9][a-z0-9._-]{0,62}")) {
            fields.problem("RULES_VALUE", given.get("id"), position + ".id", id, "write small letters, digits, dots, - and _, at most 63");
        }
        complete(node, given, at);
        ReactionAction action = read(given, "action", at, ReactionAction::parse, new ReactionAction.Suspend());
        return new ReactionRule(
                id, ReplyPattern.read(fields, file, given, at), words(given, "reasons", at), categories(given, at),
                read(given, "threshold", at, Threshold::parse, new Threshold(1, Duration.ZERO)), action, wholeProvider(given, at),
                read(given, "for", at, ReactionRulesReader::lasting, SHORTEST), recovery(given, at, action),
                given.containsKey("source") ? fields.scalar(given.get("source"), at + ".source") : "", file, fields.line(node));
    }

    private void complete(Node node, Map<String, Node> given, String at) {
        if (!(node instanceof MappingNode)) {
            return;
        }
        for (String key : List.of("id", "action", "for", "source")) {
            if (!given.containsKey(key)) {
                fields.problem("RULES_KEY_MISSING", node, at, "no " + key, "add " + key);
            }
        }
        if (given.keySet().stream().noneMatch(CONDITIONS::contains)) {
            fields.problem("RULES_KEY_MISSING", node, at, "no condition", "add one of code, status, phrases, regex, reasons and categories: without, every refusal would match");
        }
    }

    private Set<String> words(Map<String, Node> given, String key, String at) {
        return given.containsKey(key) ? new LinkedHashSet<>(fields.words(given.get(key), at + "." + key)) : Set.of();
    }

    private Set<Category> categories(Map<String, Node> given, String at) {
        Set<Category> categories = new LinkedHashSet<>();
        Node node = given.get("categories");
        if (node != null) {
            for (Node one : node instanceof SequenceNode list ? list.getValue() : List.of(node)) {
                Category category = fields.oneOf(one, at + ".categories", Category.values(), Category::id);
                if (category != null) {
                    categories.add(category);
                }
            }
        }
        return categories;
    }

    private boolean wholeProvider(Map<String, Node> given, String at) {
        return read(given, "scope", at, word -> switch (word) {
            case "pool" -> false;
            case "provider" -> true;
            default -> throw new IllegalArgumentException("write pool or provider");
        }, false);
    }

    private List<RecoveryStep> recovery(Map<String, Node> given, String at, ReactionAction action) {
        Node node = given.get("recovery");
        if (node == null) {
            return List.of();
        }
        if (action instanceof ReactionAction.LimitMessages) {
            fields.problem("RULES_VALUE", node, at + ".recovery", fields.shown(node), "leave it out: the number of messages over one connection comes back at once");
            return List.of();
        }
        List<RecoveryStep> steps = new ArrayList<>();
        List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        for (int i = 0; i < nodes.size(); i++) {
            String word = fields.scalar(nodes.get(i), at + ".recovery");
            if (!(word.equals("100%") && i == nodes.size() - 1)) {
                RecoveryStep step = step(nodes.get(i), word, at);
                if (step != null) {
                    steps.add(step);
                }
            }
        }
        if (steps.size() > MOST_STEPS) {
            fields.problem("RULES_VALUE", node, at + ".recovery", steps.size() + " steps", "write at most " + MOST_STEPS);
        }
        return upward(node, steps, at);
    }

    private @Nullable RecoveryStep step(Node node, String word, String at) {
        try {
            RecoveryStep step = RecoveryStep.parse(word);
            lasting(word.substring(word.indexOf('@') + 1));
            return step;
        } catch (IllegalArgumentException e) {
            fields.problem("RULES_VALUE", node, at + ".recovery", word, advice(e));
            return null;
        }
    }

    private List<RecoveryStep> upward(Node node, List<RecoveryStep> steps, String at) {
        for (int i = 1; i < steps.size(); i++) {
            RecoveryStep before = steps.get(i - 1);
            RecoveryStep after = steps.get(i);
            boolean sameKind = (before.connections() > 0) == (after.connections() > 0);
            if (sameKind && (after.connections() > 0 ? after.connections() <= before.connections() : after.share() <= before.share())) {
                fields.problem("RULES_VALUE", node, at + ".recovery", before.text() + ", then " + after.text(), "let each step give more than the one before");
            }
        }
        return steps;
    }

    private static Duration lasting(String text) {
        Duration lasting = DurationText.parse(text);
        if (lasting.compareTo(SHORTEST) < 0 || lasting.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("write a duration from 1s to 30d");
        }
        return lasting;
    }

    private <T> T read(Map<String, Node> given, String key, String at, Function<String, T> reader, T usual) {
        Node node = given.get(key);
        if (node == null) {
            return usual;
        }
        String word = fields.scalar(node, at + "." + key);
        try {
            return word.isEmpty() ? usual : reader.apply(word);
        } catch (IllegalArgumentException e) {
            fields.problem("RULES_VALUE", node, at + "." + key, word, advice(e));
            return usual;
        }
    }

    private static String advice(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }
}
