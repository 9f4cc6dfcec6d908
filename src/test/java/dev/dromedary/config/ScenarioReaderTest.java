package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
    private static final Path DOCUMENT = Path.of("docs/rehearsal.md");
    private static final String BEGINNING = "<!-- from the schema -->\n";

    private final ScenarioReader reader = new ScenarioReader(BuiltInProviders.load());

    @TempDir
    private Path folder;

    @Test
    void everyScenarioOfTheRepositoryCanBeRead() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(Path.of("rehearsal"))) {
            files = list.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(10);
        assertThat(files).allSatisfy(file -> assertThat(reader.read(file).messages()).isPositive());
    }

    @Test
    void aScenarioHoldsTheConfigurationUnderTestAndTheWorld() throws IOException {
        Scenario scenario = reader.read(write("""
                description: Small.
                length: 2h
                dromedary:
                  pools:
                    - {id: a, host: a.example.net}
                traffic:
                  - {id: news, messages: 1.5k, mix: [google=2, other=1]}
                mailboxes:
                  google: {rate: 60/min, block: 3h}
                events:
                  - {id: gone, effect: outage, pool: a, at: 30m, length: 5m}
                """));
        assertThat(scenario.length()).isEqualTo(Duration.ofHours(2));
        assertThat(scenario.dromedary().pools()).containsOnlyKeys("a");
        assertThat(scenario.messages()).isEqualTo(1_500);
        assertThat(scenario.traffic().get(0).length()).isEqualTo(Duration.ofHours(2));
        assertThat(scenario.mailboxes().get("google").block()).isEqualTo(Duration.ofHours(3));
        assertThat(scenario.events().get(0).concerns("a", "yahoo")).isTrue();
        assertThat(scenario.events().get(0).concerns("b", "yahoo")).isFalse();
        assertThat(scenario.times(2).messages()).isEqualTo(3_000);
    }

    @Test
    void everythingWrongIsNamedAtOnceWithItsLine() throws IOException {
        Path file = write("""
                length: soon
                dromedary:
                  pools:
                    - {id: a, host: a.example.net, max-connections: none}
                traffic:
                  - {id: news, messages: many, mix: [gogle=2]}
                  - {id: late, messages: 5, from: 30h, sender: nobody}
                events:
                  - {id: gone, effect: outage, pool: z}
                """);
        assertThatThrownBy(() -> reader.read(file)).isInstanceOf(ConfigException.class).satisfies(e -> assertThat(((ConfigException) e).problems())
                .extracting(problem -> problem.line() + " " + problem.key() + " " + problem.code())
                .containsExactlyInAnyOrder("1 length BAD_VALUE", "4 pools.a.max-connections BAD_VALUE", "6 traffic.news.messages BAD_VALUE", "6 traffic.news.mix UNKNOWN_PROVIDER",
                        "7 traffic.late.from OUT_OF_RANGE", "7 traffic.late.sender BAD_VALUE", "9 events.gone.pool UNKNOWN_POOL"));
    }

    @Test
    void aMissingFileIsSaidSo() {
        assertThatThrownBy(() -> reader.read(folder.resolve("none.yaml"))).hasMessageContaining("[MISSING_FILE]").hasMessageContaining("none.yaml");
    }

    /** After a change to the schema: {@code mvn test -Dtest=ScenarioReaderTest -Dwrite.docs=true}. */
    @Test
    void everyKeyIsDocumentedAsTheSchemaHasIt() throws IOException {
        String text = Files.readString(DOCUMENT);
        int start = text.indexOf(BEGINNING) + BEGINNING.length();
        String tables = Reference.tables(ScenarioSchema.ROOT, "One value. `dromedary` holds the configuration under test, as `dromedary.yaml` would.");
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(DOCUMENT, text.substring(0, start) + tables);
        }
        assertThat(Files.readString(DOCUMENT).substring(start)).isEqualTo(tables);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("scenario.yaml"), text);
    }
}
