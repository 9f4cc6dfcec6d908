package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SubmissionDocumentTest {
    private static final Pattern FIELD = Pattern.compile("`([a-z0-9_]+)`");
    private final SubmissionReader reader = new SubmissionReader(10, 10_000);

    @Test
    void listsEveryRefusalWithItsReplies() throws IOException {
        List<String> documented = document().lines().filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
            .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2)).strip()).toList();

        assertThat(documented).containsExactlyElementsOf(Arrays.stream(RefusalCode.values())
            .map(code -> "| `" + code + "` | " + code.httpStatus() + " | " + code.smtpCode() + " " + code.enhancedStatus()).toList());
    }

    @Test
    void listsEveryField() throws IOException {
        List<String> documented = document().lines().dropWhile(line -> !line.startsWith("| field |")).skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .flatMap(line -> FIELD.matcher(line.split("\\|")[1]).results().map(field -> field.group(1))).toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(JsonSubmission.KNOWN);
    }

    @Test
    void givesExamplesThatAreAccepted() throws IOException {
        assertThat(reader.readJson(example("json").getBytes(StandardCharsets.UTF_8)).to()).hasSize(2);
        try (var rows = new CsvSubmissions(new ByteArrayInputStream(example("csv").getBytes(StandardCharsets.UTF_8)), reader, 1000)) {
            assertThat(rows).toIterable().singleElement().isInstanceOf(NdjsonReader.Line.Read.class);
        }
    }

    private static String example(String language) throws IOException {
        Matcher example = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(document());
        assertThat(example.find()).isTrue();
        return example.group(1);
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/submission.md"));
    }
}
