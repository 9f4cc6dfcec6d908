package dev.dromedary.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
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
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML file as nodes, without building any Java object from it, so that every value keeps its line. */
final class YamlReader {
    private final Findings findings;

    YamlReader(Findings findings) {
        this.findings = findings;
    }

    /** The file's top mapping; empty if there is no file, nothing in it, or nothing usable. */
    Raw.Mapping read(Path file) {
        Raw.Mapping nothing = Raw.Mapping.of(Map.of());
        if (Files.notExists(file)) {
            return nothing;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            Node root = new Yaml(new LoaderOptions()).compose(reader);
            return root == null ? nothing : top(root);
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark() == null ? 0 : malformed.getProblemMark().getLine() + 1;
            findings.errorAt(ConfigCode.NOT_YAML, line, "", quietly(malformed.getProblem()), "mend the line; quote texts that hold any of : # { } [ ] , & * ! | > ' \" % @ `");
        } catch (YAMLException malformed) {
            findings.errorAt(ConfigCode.NOT_YAML, 0, "", "not readable as YAML", "check that it is UTF-8 text without control characters");
        } catch (IOException unreadable) {
            findings.errorAt(ConfigCode.UNREADABLE_FILE, 0, "", "cannot be read (" + unreadable.getClass().getSimpleName() + ")", "check its permissions and that it is UTF-8 text");
        }
        return nothing;
    }

    /** The parser repeats an undefined alias or tag in its message, which may be a password that begins with * or !. */
    private static String quietly(@Nullable String problem) {
        if (problem == null || problem.contains("alias") || problem.contains("tag")) {
            return "an alias or a tag that is not defined";
        }
        return problem;
    }

    private Raw.Mapping top(Node root) {
        int line = line(root);
        Raw raw = convert(root, line, "", 0);
        if (raw instanceof Raw.Mapping mapping) {
            return mapping;
        }
        if (!(raw instanceof Raw.Empty)) {
            findings.errorAt(ConfigCode.WRONG_TYPE, line, "", "not a mapping", "write keys such as http: at the beginning of a line");
        }
        return Raw.Mapping.of(Map.of());
    }

    private Raw convert(Node node, int line, String path, int depth) {
        if (depth > 20) {
            findings.errorAt(ConfigCode.WRONG_TYPE, line, path, "nested too deeply", "an alias must not hold itself");
            return new Raw.Empty(line);
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, line, path, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<Raw> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, line(item), path + "[" + items.size() + "]", depth + 1));
            }
            return new Raw.Sequence(items, line);
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar.getTag().equals(Tag.NULL) || scalar.getValue().isEmpty() ? new Raw.Empty(line) : new Raw.Text(scalar.getValue(), line);
    }

    private Raw mapping(MappingNode mapping, int line, String path, int depth) {
        Map<String, Raw> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int keyLine = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                findings.errorAt(ConfigCode.WRONG_TYPE, keyLine, path, "a key that is no text", "write a name in front of the colon");
                continue;
            }
            String child = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            Raw before = entries.get(key.getValue());
            if (before != null) {
                findings.errorAt(ConfigCode.DUPLICATE_KEY, keyLine, child, "also in line " + before.line(), "keep one of the two");
                continue;
            }
            entries.put(key.getValue(), convert(tuple.getValueNode(), keyLine, child, depth + 1));
        }
        return new Raw.Mapping(entries, line);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
