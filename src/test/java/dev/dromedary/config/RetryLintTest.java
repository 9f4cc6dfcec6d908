package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryLintTest {
    @TempDir
    private Path directory;

    private LintResult lint(String yaml) throws IOException {
        Files.writeString(directory.resolve(ConfigLoader.FILE), yaml);
        return new ConfigLoader(BuiltInProviders.load()).lint(directory, Path.of("data"), Map.of());
    }

    @Test
    void schedulesAreReadForAllForACategoryForAProviderAndForBoth() throws IOException {
        LintResult result = lint("""
                retry:
                  schedule: 5m*2, 30m, 1h*3, 4h
                  by-category: {network-transient: "1m, 10m, 1h, 4h"}
                providers:
                  google:
                    retry: {schedule: "10m, 2h, 4h", by-category: {defer-other-pool: "15m, 4h"}}
                """);
        assertThat(result.problems()).isEmpty();
        Schedules schedules = result.config().retry().schedules();
        assertThat(schedules.find("yahoo", "defer-same-pool")).hasToString("5m*2, 30m, 1h*3, 4h");
        assertThat(schedules.find("yahoo", "network-transient")).hasToString("1m, 10m, 1h, 4h");
        assertThat(schedules.find("google", "network-transient")).hasToString("10m, 2h, 4h");
        assertThat(schedules.find("google", "defer-other-pool")).hasToString("15m, 4h");
    }

    @Test
    void aBadScheduleIsAnErrorWithItsPosition() throws IOException {
        assertThat(lint("retry:\n  schedule: 5m, 1x\n").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.code()).isEqualTo(ConfigCode.BAD_VALUE);
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.advice()).contains("at character 5 stands \"1x\"");
        });
        assertThat(lint("retry: {by-category: {permanent-recipient: 5m}}\n").problems()).extracting(Problem::code).containsExactly(ConfigCode.UNKNOWN_KEY);
    }

    @Test
    void shortWaitsAreRightInTheFirstHourAndAWarningAfterIt() throws IOException {
        assertThat(lint("retry: {schedule: \"1m*5, 5m*10, 30m, 4h\", max-retries: 60}\n").problems()).isEmpty();
        assertThat(lint("retry: {schedule: \"5m\", max-retries: 2000}\n").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isFalse();
            assertThat(problem.code()).isEqualTo(ConfigCode.RETRY_TOO_OFTEN);
            assertThat(problem.seen()).contains("every 5 minutes");
        });
    }

    @Test
    void givingUpBeforeFourDaysIsAWarningButNotForAStream() throws IOException {
        assertThat(lint("retry: {max-age: 1d}\n").problems()).extracting(Problem::code).containsExactly(ConfigCode.RETRY_GIVES_UP_EARLY);
        assertThat(lint("providers: {google: {retry: {schedule: \"1h\"}}}\n").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ConfigCode.RETRY_GIVES_UP_EARLY);
            assertThat(problem.seen()).contains("after 30 retries and 30 hours");
        });
        LintResult result = lint("streams: {otp: {max-age: 10m}}\n");
        assertThat(result.problems()).isEmpty();
        assertThat(result.config().streams().get("otp").maxAge()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aScheduleThatBeginsAfterTheAgeIsAnError() throws IOException {
        assertThat(lint("retry: {schedule: 6d}\n").problems()).extracting(Problem::code).contains(ConfigCode.RETRY_ORDER);
    }

    @Test
    void theSenderOfReportsMustBeAMailbox() throws IOException {
        assertThat(lint("dsn: {from: \"\\\"Example, Inc.\\\" <daemon@example.com>\"}\n").problems()).isEmpty();
        assertThat(lint("dsn: {reporting-mta: out.example.com}\n").config().dsn().from()).isEqualTo("Mail Delivery System <mailer-daemon@out.example.com>");
        assertThat(lint("dsn: {from: \"Example, Inc. <daemon@example.com>\"}\n").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ConfigCode.BAD_VALUE);
            assertThat(problem.advice()).contains("double quotes");
        });
    }

    @Test
    void sendWindowsAreReadAndABadOneIsAnError() throws IOException {
        LintResult result = lint("streams: {news: {send-window: [\"Mon-Fri 08:00-20:00 Europe/Berlin\", \"Sat Sun 10:00-24:00 UTC\"]}}\n");
        assertThat(result.problems()).isEmpty();
        assertThat(result.config().streams().get("news").sendWindows()).hasSize(2);
        for (String bad : new String[] {"Mon-Fri 08:00-20:00", "Mon-Fri 08:00-25:00 UTC", "Mon-Fri 08:60-09:00 UTC", "Mo 08:00-20:00 UTC", "8-20 UTC", "08:00-20:00 Europe/Berln", "08:00-08:00 UTC", "Mon- 8:00-9:00 UTC"}) {
            assertThat(lint("streams: {news: {send-window: \"" + bad + "\"}}\n").problems()).as(bad).extracting(Problem::code).containsExactly(ConfigCode.BAD_VALUE);
        }
    }
}
