package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReputationSchemaTest {
    @TempDir
    Path directory;

    @Test
    void perCentsAreSharesAndEachGrievanceHasItsOwnHalfLife() throws IOException {
        BrainSettings brain = Objects.requireNonNull(lint("reputation: {complaint: {tolerance: 0.2, limit: 0.5, half-life: 7d}}").config()).brain();
        assertThat(brain.reputation().complaint()).isEqualTo(new ReputationSettings.Part(Duration.ofDays(7), 0.2 / 100, 0.5 / 100, 0.8, 1_000, 100_000));
        assertThat(brain.reputation().deferral().halfLife()).isEqualTo(Duration.ofHours(1));
        assertThat(brain.choice().explore()).isEqualTo(0.02);
        assertThat(brain.choice().ejection().ratio()).isEqualTo(0.5);
    }

    @Test
    void valuesThatContradictEachOtherAreErrorsWithTheirLines() throws IOException {
        assertThat(lint("""
                reputation:
                  block: {tolerance: 5, limit: 5}
                  complaint: {memory: 10}
                choice:
                  ejection: {base: 1h, max: 1m}
                """).problems()).extracting(problem -> problem.code() + " " + problem.line() + " " + problem.key() + ": " + problem.seen()).containsExactly(
                "OUT_OF_RANGE 2 reputation.block.limit: 5.0, with a tolerance of 5.0",
                "OUT_OF_RANGE 3 reputation.complaint.memory: 10, with a floor of 1000",
                "OUT_OF_RANGE 5 choice.ejection.max: 1m, with a base of 1h");
    }

    private LintResult lint(String yaml) throws IOException {
        Files.writeString(directory.resolve(ConfigLoader.FILE), yaml);
        return new ConfigLoader(BuiltInProviders.load()).lint(directory, Path.of("data"), Map.of());
    }
}
