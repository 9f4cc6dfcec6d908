package dev.dromedary.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that docs/metrics.md lists, and those of a scrape in the same terms. */
public final class MetricsPage {
    public static final Path FILE = Path.of("docs/metrics.md");
    /** | `name` | type, unit | `label`, `label` | meaning | */
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_0-9]+)` \\| (counter|gauge|summary|histogram)[^|]*\\| ([^|]*) \\|(?: ([^|]*))? \\|$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("`([a-zA-Z_]+)`");
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

    /** @param type in Prometheus' words */
    public record Entry(String type, Set<String> labels) {
        boolean isTimer() {
            return type.equals("summary") || type.equals("histogram");
        }
    }

    private MetricsPage() {
    }

    public static Map<String, Entry> read() throws IOException {
        return parse(Files.readString(FILE));
    }

    static Map<String, Entry> parse(String page) {
        Map<String, Entry> all = new TreeMap<>();
        Matcher row = ROW.matcher(page);
        while (row.find()) {
            Set<String> labels = new TreeSet<>();
            Matcher label = LABEL.matcher(row.group(3));
            while (label.find()) {
                labels.add(label.group(1));
            }
            if (all.put(row.group(1), new Entry(row.group(2), labels)) != null) {
                throw new IllegalStateException(FILE + ": " + row.group(1) + " twice");
            }
        }
        return all;
    }

    /** The longest time ({@code _max}) of a timer belongs to it, and is no metric of its own. */
    public static Map<String, Entry> ofScrape(String scrape) {
        Map<String, Set<String>> labels = Scrape.labelsByName(scrape);
        Map<String, Entry> all = new TreeMap<>();
        Matcher type = TYPE.matcher(scrape);
        while (type.find()) {
            Set<String> own = new TreeSet<>(labels.getOrDefault(type.group(1), labels.getOrDefault(type.group(1) + "_count", Set.of())));
            all.put(type.group(1), new Entry(type.group(2), own));
        }
        Set<String> longest = new TreeSet<>();
        all.forEach((name, entry) -> {
            if (entry.isTimer()) {
                longest.add(name + "_max");
            }
        });
        all.keySet().removeAll(longest);
        return all;
    }

    /** The names of the series that the page stands for, each with its labels. */
    static Map<String, Set<String>> series() throws IOException {
        Map<String, Set<String>> all = new TreeMap<>();
        read().forEach((name, entry) -> {
            if (entry.isTimer()) {
                List.of("_count", "_sum", "_max").forEach(suffix -> all.put(name + suffix, entry.labels()));
            } else {
                all.put(name, entry.labels());
            }
            if (entry.type().equals("histogram")) {
                Set<String> withBound = new TreeSet<>(entry.labels());
                withBound.add("le");
                all.put(name + "_bucket", withBound);
            }
        });
        return all;
    }
}
