package dev.dromedary.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReactionsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/reactions.md");
    private static final String BEGINNING = "<!-- from the rules -->\n";

    /** After a change to the rules: {@code mvn test -Dtest=ReactionsDocumentTest -Dwrite.docs=true}. */
    @Test
    void everyBuiltInRuleIsDocumentedAsItsFileHasIt() throws IOException {
        String text = Files.readString(DOCUMENT);
        int start = text.indexOf(BEGINNING) + BEGINNING.length();
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(DOCUMENT, text.substring(0, start) + table());
        }
        assertThat(Files.readString(DOCUMENT).substring(start)).isEqualTo(table());
    }

    private static String table() {
        return "| rule | replies | action | for | way back | source |\n|---|---|---|---|---|---|\n" + ReactionRules.builtIn().all().stream()
                .map(rule -> "| `%s` | %s | %s | %s | %s | %s |%n".formatted(rule.id(), rule.threshold().text(), rule.action().text(),
                        DurationText.print(rule.lasts()),
                        rule.recovery().isEmpty() ? "at once" : rule.recovery().stream().map(RecoveryStep::text).collect(Collectors.joining(", ")), rule.source()))
                .collect(Collectors.joining());
    }
}
