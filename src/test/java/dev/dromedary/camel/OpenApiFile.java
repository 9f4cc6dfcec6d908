package dev.dromedary.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** {@code docs/openapi.yaml}, to be compared with what the program does. */
final class OpenApiFile {
    static final Path FILE = Path.of("docs/openapi.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode root;

    OpenApiFile() throws IOException {
        root = YAML.readTree(FILE.toFile());
    }

    JsonNode root() {
        return root;
    }

    /** One method of one path. */
    record Operation(String method, String path, JsonNode node) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        /** @return names of its parameters of a kind (path, query, header) */
        Set<String> parameters(String kind, OpenApiFile file) {
            var names = new TreeSet<String>();
            node.path("parameters").forEach(one -> {
                JsonNode parameter = file.resolved(one);
                if (parameter.path("in").asText().equals(kind)) {
                    names.add(parameter.path("name").asText());
                }
            });
            return names;
        }
    }

    List<Operation> operations() {
        var found = new ArrayList<Operation>();
        root.path("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(one -> found.add(new Operation(one.getKey().toUpperCase(Locale.ROOT), path.getKey(), one.getValue()))));
        return found;
    }

    Operation operation(String method, String path) {
        return operations().stream().filter(one -> one.method().equals(method) && one.path().equals(path)).findFirst().orElseThrow();
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** @return what is wrong with the value; empty where nothing is */
    Set<ValidationMessage> faults(JsonNode schema, JsonNode value) {
        ObjectNode whole = YAML.createObjectNode();
        whole.set("components", root.path("components"));
        whole.set("allOf", ((ArrayNode) YAML.createArrayNode()).add(schema));
        JsonSchema compiled = SCHEMAS.getSchema(whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
        return compiled.validate(value);
    }

    /** Method and path of every call, by the files in {@code routes/}. */
    static Set<String> routes() throws IOException {
        var found = new TreeSet<String>();
        for (JsonNode route : routeNodes()) {
            String uri = route.at("/from/uri").asText();
            if (uri.startsWith("platform-http:/v1/")) {
                for (String method : route.at("/from/parameters/httpMethodRestrict").asText().split(",")) {
                    found.add(method + " " + uri.substring("platform-http:".length()));
                }
            }
        }
        return found;
    }

    static List<JsonNode> routeNodes() throws IOException {
        var found = new ArrayList<JsonNode>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
                YAML.readTree(file.toFile()).forEach(one -> found.add(one.path("route")));
            }
        }
        return found;
    }
}
