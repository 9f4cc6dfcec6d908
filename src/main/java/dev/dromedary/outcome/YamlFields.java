package dev.dromedary.outcome;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Typed access to the YAML nodes of one rules file. Notes a problem with its line where a node is not what it should be. */
public final class YamlFields {
    private final String file;
    private final List<RuleProblem> problems = new ArrayList<>();

    public YamlFields(String file) {
        this.file = file;
    }

    public List<RuleProblem> problems() {
        return List.copyOf(problems);
    }

    public void problem(String code, @Nullable Node node, String subject, String seen, String advice) {
        problems.add(new RuleProblem(code, file, node == null ? 1 : line(node), subject, seen, advice));
    }

    public int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** The entries of a mapping; known keys only, where {@code known} is not null. */
    public Map<String, Node> of(@Nullable Node node, String at, @Nullable Set<String> known) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem("RULES_VALUE", node, at, node == null ? "nothing" : shown(node), "write keys and values");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode(), at);
            if (known != null && !known.contains(key)) {
                problem("RULES_KEY_UNKNOWN", tuple.getKeyNode(), at, key, "use one of " + known.stream().sorted().collect(Collectors.joining(", ")));
            } else if (entries.putIfAbsent(key, tuple.getValueNode()) != null) {
                problem("RULES_KEY_DUPLICATE", tuple.getKeyNode(), at, key, "keep one of them");
            }
        }
        return entries;
    }

    public String scalar(Node node, String at) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        problem("RULES_VALUE", node, at, shown(node), "write one value");
        return "";
    }

    /** One value or a list of them. */
    public List<String> words(Node node, String at) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(one -> scalar(one, at)).filter(word -> !word.isEmpty()).toList();
        }
        String word = scalar(node, at);
        return word.isEmpty() ? List.of() : List.of(word);
    }

    public <T> @Nullable T oneOf(Node node, String at, T[] values, Function<T, String> id) {
        String word = scalar(node, at);
        for (T value : values) {
            if (id.apply(value).equals(word)) {
                return value;
            }
        }
        problem("RULES_VALUE", node, at, word, "use one of " + Arrays.stream(values).map(id).collect(Collectors.joining(", ")));
        return null;
    }

    public String shown(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().isBlank() ? "empty" : scalar.getValue();
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }
}
