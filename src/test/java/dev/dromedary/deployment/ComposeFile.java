package dev.dromedary.deployment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docker-compose.yml with its variables filled in, as Compose would have it. */
final class ComposeFile {
    static final Path PATH = Path.of("docker-compose.yml");
    /** The only form in use: a variable that must be set and not empty. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+):\\?[^}]+}");

    private final JsonNode root;
    private final Set<String> variables = new TreeSet<>();

    private ComposeFile(JsonNode root) {
        this.root = root;
    }

    static ComposeFile read(Map<String, String> env) throws IOException {
        JsonNode raw = yaml(PATH);
        ComposeFile file = new ComposeFile(raw);
        StringBuilder filled = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(raw.toString());
        while (matcher.find()) {
            file.variables.add(matcher.group(1));
            String value = env.getOrDefault(matcher.group(1), "");
            if (value.isEmpty()) {
                throw new IllegalArgumentException(matcher.group());
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(filled);
        ComposeFile result = new ComposeFile(new YAMLMapper().readTree(filled.toString()));
        result.variables.addAll(file.variables);
        return result;
    }

    static JsonNode yaml(Path path) throws IOException {
        return new YAMLMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).readTree(Files.readString(path));
    }

    JsonNode root() {
        return root;
    }

    /** Names of the variables that it takes from .env. */
    Set<String> variables() {
        return variables;
    }

    Set<String> services() {
        return names(root.path("services"));
    }

    JsonNode service(String name) {
        return root.path("services").required(name);
    }

    Map<String, String> environment(String service) {
        Map<String, String> all = new LinkedHashMap<>();
        service(service).path("environment").fields().forEachRemaining(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        return all;
    }

    List<Published> ports(String service) {
        return texts(service(service).path("ports")).stream().map(Published::of).toList();
    }

    List<Mount> mounts(String service) {
        return texts(service(service).path("volumes")).stream().map(Mount::of).toList();
    }

    static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    record Published(String address, int host, int container) {
        static Published of(String text) {
            String[] parts = text.split(":");
            return new Published(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    record Mount(String source, String target, boolean readOnly) {
        static Mount of(String text) {
            String[] parts = text.split(":");
            return new Mount(parts[0], parts[1], parts.length > 2 && parts[2].equals("ro"));
        }

        boolean isOfHost() {
            return source.startsWith(".");
        }
    }
}
