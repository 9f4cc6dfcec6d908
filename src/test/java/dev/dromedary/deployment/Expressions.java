package dev.dromedary.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the rules of Prometheus and the dashboard of Grafana ask for. */
public final class Expressions {
    public static final Path RULES = Path.of("ops/prometheus/rules.yml");
    static final Path DASHBOARD = Path.of("ops/grafana/dashboards/dromedary.json");
    private static final Pattern METRIC = Pattern.compile("(?<![A-Za-z0-9_:\"$])(?:dromedary|camel|jvm|process|system|disk|hikaricp)[:_][A-Za-z0-9_:]+|(?<![A-Za-z0-9_:\"])up(?=\\{)");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\{([a-z]+)=\"([^\"]*)\"}");

    /** Where {@code metric{label="value"}} stands. */
    record Selector(String metric, String label, String value) {
    }

    private Expressions() {
    }

    static List<String> ofRules() throws IOException {
        List<String> all = new ArrayList<>();
        ComposeFile.yaml(RULES).path("groups").forEach(group -> group.path("rules").forEach(rule -> all.add(rule.required("expr").asText())));
        return all;
    }

    public static List<String> ofDashboard() throws IOException {
        List<String> all = new ArrayList<>();
        dashboard().path("panels").forEach(panel -> panel.path("targets").forEach(target -> all.add(target.required("expr").asText())));
        return all;
    }

    public static List<String> alerts() throws IOException {
        return ComposeFile.yaml(RULES).findValuesAsText("alert");
    }

    static JsonNode dashboard() throws IOException {
        return new JsonMapper().readTree(DASHBOARD.toFile());
    }

    static List<String> all() throws IOException {
        List<String> all = new ArrayList<>(ofRules());
        all.addAll(ofDashboard());
        return all;
    }

    /** Names that the rules record. */
    static Set<String> recorded() throws IOException {
        Set<String> names = new TreeSet<>();
        ComposeFile.yaml(RULES).path("groups").forEach(group -> group.path("rules").forEach(rule -> {
            if (rule.has("record")) {
                names.add(rule.path("record").asText());
            }
        }));
        return names;
    }

    static Set<String> metrics(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(expression);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    static Set<String> groupings(String expression) {
        Set<String> labels = new TreeSet<>();
        Matcher matcher = GROUPING.matcher(expression);
        while (matcher.find()) {
            labels.addAll(List.of(matcher.group(1).split(",\\s*")));
        }
        return labels;
    }

    static List<Selector> selectors(String expression) {
        List<Selector> all = new ArrayList<>();
        Matcher matcher = MATCHER.matcher(expression);
        while (matcher.find()) {
            all.add(new Selector(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return all;
    }
}
