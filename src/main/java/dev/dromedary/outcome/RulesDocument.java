package dev.dromedary.outcome;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The YAML of a rules file, or why there is none.
 *
 * @param root    null for an empty file, and where there is a problem
 * @param problem null where it could be read
 */
public record RulesDocument(String name, @Nullable Node root, @Nullable RuleProblem problem) {
    private static final long SIZE_LIMIT = 4L << 20;

    public static RulesDocument read(Path path) {
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

    public static RulesDocument parse(String name, String text) {
        try {
            return new RulesDocument(name, new Yaml(new LoaderOptions()).compose(new StringReader(text)), null);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            return noYaml(name, line, String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            return noYaml(name, 0, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static RulesDocument noYaml(String name, int line, String seen) {
        return new RulesDocument(name, null, new RuleProblem("RULES_YAML", name, line, "yaml", seen, "write it as YAML 1.1"));
    }

    private static RulesDocument unreadable(String name, String seen, String advice) {
        return new RulesDocument(name, null, new RuleProblem("RULES_UNREADABLE", name, 0, "file", seen, advice));
    }
}
