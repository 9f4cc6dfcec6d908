package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig.DoubtPolicy;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoubtSchemaTest {
    @TempDir
    Path directory;

    @Test
    void withoutAWordMailInDoubtIsTriedAgainAndTheLogIsWrittenUnsynced() throws IOException {
        DromedaryConfig config = Objects.requireNonNull(lint("").config());
        assertThat(config.inDoubt()).isEqualTo(new DromedaryConfig.InDoubt(DoubtPolicy.RETRY, Map.of()));
        assertThat(config.sentLog()).isEqualTo(new DromedaryConfig.SentLog(true, 20_000, false));
    }

    @Test
    void eachStreamMayHaveItsPolicy() throws IOException {
        DromedaryConfig config = Objects.requireNonNull(lint("in-doubt: {default: hold, retry: Alerts, assume-delivered: [news, offers]}").config());
        assertThat(config.inDoubt()).isEqualTo(new DromedaryConfig.InDoubt(DoubtPolicy.HOLD,
                Map.of("Alerts", DoubtPolicy.RETRY, "news", DoubtPolicy.ASSUME_DELIVERED, "offers", DoubtPolicy.ASSUME_DELIVERED)));
    }

    @Test
    void aStreamWithTwoPoliciesIsAnError() throws IOException {
        assertThat(lint("in-doubt:\n  hold: [news]\n  assume-delivered: [offers, news]\n").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ConfigCode.DUPLICATE_ID);
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.seen()).isEqualTo("\"news\" is in in-doubt.hold already");
        });
    }

    private LintResult lint(String yaml) throws IOException {
        Files.writeString(directory.resolve(ConfigLoader.FILE), yaml);
        return new ConfigLoader(BuiltInProviders.load()).lint(directory, Path.of("data"), Map.of());
    }
}
