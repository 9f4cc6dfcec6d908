package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryLinesTest {
    @TempDir
    private Path directory;

    private DromedaryConfig config(String yaml) throws IOException {
        Files.writeString(directory.resolve(ConfigLoader.FILE), yaml);
        return new ConfigLoader(BuiltInProviders.load()).load(directory, directory, Map.of());
    }

    @Test
    void everyScheduleIsShownAsTheTimesAtWhichItTries() throws IOException {
        DromedaryConfig config = config("""
                retry: {schedule: "1m, 5m*2, 1h*3, 4h", max-age: 10h, jitter: 0.1}
                providers: {google: {retry: {by-category: {defer-other-pool: "2h, 3d"}}}}
                streams: {news: {send-window: "Mon-Fri 08:00-20:00 UTC", max-age: 1h}}
                """);
        assertThat(RetryLines.all(config)).containsExactly(
                "retry providers.google.retry.by-category.defer-other-pool at +2h +10h; given up after 2 retries and 10h, each wait times 1 +- 0.1",
                "retry retry.schedule at +1m +6m +11m +1h11m +2h11m +3h11m +7h11m +10h; given up after 8 retries and 10h, each wait times 1 +- 0.1",
                "stream news given up after 1h sent Mon-Fri 08:00-20:00 UTC");
        assertThat(RetryLines.of(config, "google", "news")).containsExactly(
                "defer-same-pool, network-transient: at +1m +6m +11m +1h; given up after 4 retries and 1h, each wait times 1 +- 0.1",
                "defer-other-pool: at +1h; given up after 1 retry and 1h, each wait times 1 +- 0.1",
                "only Mon-Fri 08:00-20:00 UTC");
        assertThat(RetryLines.of(config, "yahoo", "default")).singleElement().asString().startsWith("at +1m +6m +11m +1h11m");
    }

    @Test
    void timesAreReadable() {
        assertThat(RetryLines.text(Duration.ofMinutes(75))).isEqualTo("1h15m");
        assertThat(RetryLines.text(Duration.ofHours(101))).isEqualTo("4d5h");
        assertThat(RetryLines.text(Duration.ofSeconds(1))).isEqualTo("1s");
        assertThat(RetryLines.text(Duration.ZERO)).isEqualTo("0s");
    }
}
