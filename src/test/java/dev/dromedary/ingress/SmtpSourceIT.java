package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Postfix's own load client against the listener. */
class SmtpSourceIT {
    private static final Path PROGRAM = Path.of("/usr/sbin/smtp-source");
    private static final int MESSAGES = 2000;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "options {0}")
    @ValueSource(strings = {"", "-d", "-r 3"})
    void every_message_of_smtp_source_arrives_whole(String options) throws Exception {
        assumeThat(PROGRAM).as("smtp-source of Debian's postfix").isExecutable();
        var intake = new SmtpTestIntake();
        try (var ingress = SmtpTestListener.plain().start(intake)) {
            var command = new ArrayList<>(List.of(PROGRAM.toString()));
            if (!options.isEmpty()) {
                command.addAll(List.of(options.split(" ")));
            }
            command.addAll(List.of("-s", "10", "-l", "4096", "-m", String.valueOf(MESSAGES), "-f", "a@b.test", "-t", "c@d.test",
                    "127.0.0.1:" + ingress.port()));
            var log = directory.resolve("log");
            var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        }
        assertThat(intake.accepted).hasSize(MESSAGES).allSatisfy(s -> assertThat(s.data().length).isBetween(4000, 4600));
    }
}
