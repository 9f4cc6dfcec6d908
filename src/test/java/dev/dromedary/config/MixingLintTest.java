package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixingLintTest {
    @TempDir
    Path folder;

    @Test
    void transactionalAndMarketingMailThatOnlySharePoolsIsWarnedOf() throws IOException {
        assertThat(codes("""
                  - {id: t, streams: [transactional], pools: [a]}
                  - {id: m, streams: [marketing], pools: [a, b]}
                  - {id: rest, recipients: ["*"], pools: [b]}
                """)).contains(ConfigCode.STREAMS_MIXED);
    }

    @Test
    void aPoolOfItsOwnIsEnough() throws IOException {
        assertThat(codes("""
                  - {id: t, streams: [transactional], pools: [a, b]}
                  - {id: m, streams: [marketing], pools: [b]}
                  - {id: rest, recipients: ["*"], pools: [b]}
                """)).doesNotContain(ConfigCode.STREAMS_MIXED);
    }

    @Test
    void stepsThatDoNotGoDownAreRefused() throws IOException {
        assertThat(codes("  - {id: rest, recipients: [\"*\"], pools: [a, b]}\nearly-warning: {steps: \"50, 75\"}\n")).contains(ConfigCode.BAD_VALUE);
        assertThat(codes("  - {id: rest, recipients: [\"*\"], pools: [a, b]}\nearly-warning: {steps: \"80, 40\", protect: false}\nisolation: {hold: 30d}\n"))
                .contains(ConfigCode.UNUSED_VALUE, ConfigCode.LIMIT_NEVER_BINDS).doesNotContain(ConfigCode.BAD_VALUE);
    }

    private List<ConfigCode> codes(String routes) throws IOException {
        Files.writeString(folder.resolve("dromedary.yaml"), """
                pools:
                  - {id: a, host: 127.0.0.1, port: 2526, tls: none}
                  - {id: b, host: 127.0.0.1, port: 2526, tls: none}
                delivery-routes:
                """ + routes);
        return new ConfigLoader(BuiltInProviders.load()).lint(folder, folder, Map.of()).problems().stream().map(Problem::code).toList();
    }
}
