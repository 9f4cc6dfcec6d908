package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final String BEGINNING = "<!-- from the schema -->\n";

    /** After a change to the schema: {@code mvn test -Dtest=ConfigurationDocumentTest -Dwrite.docs=true}. */
    @Test
    void everyKeyIsDocumentedAsTheSchemaHasIt() throws IOException {
        String text = Files.readString(DOCUMENT);
        int start = text.indexOf(BEGINNING) + BEGINNING.length();
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(DOCUMENT, text.substring(0, start) + Reference.tables());
        }
        assertThat(Files.readString(DOCUMENT).substring(start)).isEqualTo(Reference.tables());
    }

    @Test
    void everyProblemCodeIsDocumented() throws IOException {
        String text = Files.readString(DOCUMENT);
        assertThat(ConfigCode.values()).allSatisfy(code -> assertThat(text).contains("`" + code + "`"));
    }
}
