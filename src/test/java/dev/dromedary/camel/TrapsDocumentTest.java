package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/traps.md} names a test for each trap, and tests that exist. */
class TrapsDocumentTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");
    private static final int TRAPS = 15;

    @Test
    void everyTrapHasATestThatExists() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/traps.md")).stream().filter(line -> line.matches("\\| \\d+ \\|.*")).toList();
        assertThat(rows.stream().map(row -> row.split("\\|")[1].strip())).containsExactlyElementsOf(IntStream.rangeClosed(1, TRAPS).mapToObj(String::valueOf).toList());
        for (String row : rows) {
            var tests = NAMED.matcher(row).results().toList();
            assertThat(tests).as(row).isNotEmpty();
            for (var test : tests) {
                assertThat(source(test.group(1))).as(test.group()).contains(" void " + test.group(2) + "(");
            }
        }
    }

    private static String source(String type) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file = files.filter(path -> path.endsWith(type + ".java")).findFirst().orElseThrow(() -> new IOException("no test " + type));
            return Files.readString(file);
        }
    }
}
