package dev.dromedary.camel;

import dev.dromedary.suppression.Suppression;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries of the suppression list as JSON and as CSV; what reads them is {@link dev.dromedary.suppression.SuppressionReader}. */
final class SuppressionJson {
    private SuppressionJson() {
    }

    static Map<String, @Nullable Object> entry(Suppression entry) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("address", entry.address());
        out.put("stream", entry.stream());
        out.put("reason", entry.reason());
        out.put("detail", entry.detail());
        out.put("origin", entry.origin().id());
        out.put("since", entry.since());
        out.put("expires", entry.expires());
        return out;
    }

    static Map<String, @Nullable Object> counts(long imported, long refused) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("imported", imported);
        out.put("refused", refused);
        return out;
    }

    /** One row (RFC 4180), without its line end. */
    static String csv(Suppression entry) {
        return Stream.of(entry.address(), entry.stream() == null ? "" : entry.stream(), entry.reason(), entry.detail(), entry.origin().id(), entry.since().toString(),
                entry.expires() == null ? "" : entry.expires().toString()).map(SuppressionJson::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r') && cell.equals(cell.strip());
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
