package dev.dromedary.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/alerts.md");
    private static final String END = "<!-- end -->\n";

    /** After a change to metrics or rules: {@code mvn test -Dtest=AlertsDocumentTest -Dwrite.docs=true}. */
    @Test
    void metricsAndRulesAreDocumentedAsTheyAre() throws IOException {
        String text = replaced(replaced(Files.readString(DOCUMENT), "metrics", metrics()), "rules", rules());
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(DOCUMENT, text);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(text);
    }

    private static String replaced(String text, String name, String table) {
        String beginning = "<!-- " + name + " -->\n";
        int start = text.indexOf(beginning) + beginning.length();
        return text.substring(0, start) + table + text.substring(text.indexOf(END, start));
    }

    private static String metrics() {
        return "| metric | what | unit | bad | by, the usual first |\n|---|---|---|---|---|\n" + Arrays.stream(AlertMetric.values()).map(one -> "| `" + one.id() + "` | " + one.text() + " | " + one.unit()
                + " | " + (one.lowIsBad() ? "low" : "high") + " | " + one.by().stream().map(By::id).collect(Collectors.joining(", ")) + " |\n").collect(Collectors.joining());
    }

    private static String rules() {
        return "| rule | metric | by | bad | window | for | least |\n|---|---|---|---|---|---|---|\n" + BuiltInRules.all().stream().map(one -> "| `" + one.id() + "` | `" + one.metric().id() + "` | "
                + one.by().id() + " | " + bad(one) + " | " + DurationText.print(one.window()) + " | " + DurationText.print(one.lasts()) + " | " + (one.least() > 1 ? one.least() : "") + " |\n")
                .collect(Collectors.joining());
    }

    private static String bad(AlertRule rule) {
        if (rule.condition() instanceof Condition.Limit limit) {
            return (limit.above() ? "above " : "below ") + (limit.warning() == null ? "" : plain(limit.warning())) + (limit.critical() == null ? "" : (limit.warning() == null ? "" : ", ")
                    + "critical " + plain(limit.critical())) + "; clear " + plain(limit.clear());
        }
        if (rule.condition() instanceof Condition.Unusual unusual) {
            return "unusually " + (unusual.above() ? "high" : "low") + " by " + plain(unusual.warning()) + ", critical " + plain(unusual.critical()) + " deviations, and "
                    + plain(100 * unusual.leastChange()) + " %";
        }
        var ahead = (Condition.Ahead) rule.condition();
        return plain(ahead.limit()) + " is reached within " + DurationText.print(ahead.warning()) + ", critical " + DurationText.print(ahead.critical());
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value).replaceFirst("0+$", "");
    }
}
