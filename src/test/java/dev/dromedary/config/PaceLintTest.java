package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of adaptive pace and warm-up. */
class PaceLintTest {
    private static final String POOL = "pools: [{id: a, host: 127.0.0.1, port: 2526, tls: none}]\n";

    @TempDir
    private Path directory;

    private LintResult lint(String yaml) throws IOException {
        Files.writeString(directory.resolve(ConfigLoader.FILE), POOL + yaml);
        return new ConfigLoader(BuiltInProviders.load()).lint(directory, Path.of("data"), Map.of());
    }

    @Test
    void nothingWrittenIsTwentyNineStagesAndNoPoolThatIsWarming() throws IOException {
        LintResult result = lint("");
        assertThat(result.problems()).isEmpty();
        WarmUpSettings settings = result.config().brain().warmUp();
        assertThat(settings.stages()).hasSize(29).startsWith(200, 500, 1000).endsWith(7_500_000, 10_000_000).isSorted();
        assertThat(settings.pools()).isEmpty();
        assertThat(result.config().brain().pace().floor()).hasToString("1/min");
    }

    @Test
    void aPoolThatIsWarmingHasADateAStageAndProviders() throws IOException {
        LintResult result = lint("warm-up: {stages: [10, 20], pools: {a: {from: 2026-11-24, stage: 2, providers: [google, other]}}}\n");
        assertThat(result.problems()).isEmpty();
        assertThat(result.config().brain().warmUp().pools()).containsEntry("a", new WarmUpSettings.Plan(LocalDate.parse("2026-11-24"), 2, Set.of("google", "other")));
    }

    @Test
    void stagesHaveToAscend() throws IOException {
        assertThat(lint("warm-up: {stages: [10, 20, 20]}\n").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ConfigCode.OUT_OF_RANGE);
            assertThat(problem.seen()).isEqualTo("20 after 20");
            assertThat(problem.line()).isEqualTo(2);
        });
    }

    @Test
    void whatIsNotThereIsNamedWithWhatMayBeMeant() throws IOException {
        assertThat(lint("warm-up: {pools: {b: {from: 2026-11-24, providers: [googel]}}}\n").problems()).extracting(Problem::code)
                .containsExactlyInAnyOrder(ConfigCode.UNKNOWN_POOL, ConfigCode.UNKNOWN_PROVIDER);
        assertThat(lint("warm-up: {pools: {a: {from: 2026-11-24, providers: [googel]}}}\n").problems()).singleElement().extracting(Problem::advice).asString().contains("google");
        assertThat(lint("warm-up: {pools: {a: {from: 2026-11-24, stage: 30}}}\n").problems()).extracting(Problem::code).containsExactly(ConfigCode.OUT_OF_RANGE);
        assertThat(lint("warm-up: {pools: {a: {from: tomorrow}}}\n").problems()).extracting(Problem::code).containsExactly(ConfigCode.BAD_VALUE);
        assertThat(lint("warm-up: {pools: {a: {stage: 1}}}\n").problems()).extracting(Problem::code).containsExactly(ConfigCode.MISSING_VALUE);
    }

    @Test
    void timesAndSharesThatContradictEachOtherAreErrors() throws IOException {
        assertThat(lint("adaptive-pace: {raise-every: 30s}\n").problems()).singleElement().extracting(Problem::seen).isEqualTo("30s is less than adaptive-pace.cut-every");
        assertThat(lint("adaptive-pace: {probe-every: 2m}\n").problems()).singleElement().extracting(Problem::seen).isEqualTo("2m is less than adaptive-pace.raise-every");
        assertThat(lint("adaptive-pace: {cut: 0.4}\n").problems()).singleElement().extracting(Problem::seen).isEqualTo("0.5 leaves more than cut (0.4)");
    }
}
