package dev.dromedary.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The environment variables that override keys of the file, and those that hold secrets. An empty variable counts as not set. */
final class Environment {
    private static final String PREFIX = "DROMEDARY_";
    /** What the scripts in bin, the log and the commands read. */
    private static final Set<String> OTHERS = Set.of("DROMEDARY_HOME", "DROMEDARY_JAVA_OPTS", "DROMEDARY_TIER", "DROMEDARY_LOG_LEVEL", "DROMEDARY_URL", "DROMEDARY_API_KEY");

    private final Map<String, String> variables;
    private final Findings findings;
    private final Map<String, String> overridden = new HashMap<>();
    private final Set<String> used = new HashSet<>(OTHERS);

    Environment(Map<String, String> variables, Findings findings) {
        this.variables = Map.copyOf(variables);
        this.findings = findings;
    }

    /** {@code http.max-body} is overridden by {@code DROMEDARY_HTTP_MAX_BODY}. */
    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The value that overrides a key, or null. */
    @Nullable String override(String key) {
        String name = variable(key);
        String value = read(name);
        if (value == null) {
            return null;
        }
        String before = overridden.put(name, key);
        if (before != null && !before.equals(key)) {
            findings.error(ConfigCode.AMBIGUOUS_VARIABLE, Place.variable(name), key, "also overrides " + before, "rename one of the two");
        }
        return value;
    }

    @Nullable String read(String name) {
        used.add(name);
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    void reportUnknown() {
        Set<String> unknown = new TreeSet<>(variables.keySet());
        unknown.removeIf(name -> !name.startsWith(PREFIX));
        unknown.removeAll(used);
        for (String name : unknown) {
            findings.warning(ConfigCode.UNKNOWN_VARIABLE, Place.variable(name), "", "overrides no key", "check its spelling, or unset it; of a list only items that the file names can be overridden");
        }
    }
}
