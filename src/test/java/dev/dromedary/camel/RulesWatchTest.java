package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.SmtpReplyParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesWatchTest {
    @TempDir
    private Path directory;

    @Test
    void putsAChangedFileInForceAndKeepsTheOldRulesWhereItIsBad() throws IOException {
        Path file = write("blocked", 1);
        ReplyClassifier classifier = new ReplyClassifier(ReplyRules.load(file));
        RulesWatch watch = new RulesWatch(classifier, file);

        write("userunknown", 2);
        assertThat(reason(classifier)).isEqualTo("blocked");
        watch.run();
        assertThat(reason(classifier)).isEqualTo("userunknown");

        write("nonsense", 3);
        watch.run();
        assertThat(reason(classifier)).isEqualTo("userunknown");

        Files.delete(file);
        watch.run();
        assertThat(reason(classifier)).isEqualTo("userunknown");
    }

    private Path write(String reason, int second) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), "rules:\n  - {id: a, phrases: [tilt], reason: " + reason + ", source: us}\n");
        return Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1_000L));
    }

    private static String reason(ReplyClassifier classifier) {
        return classifier.classify(SmtpReplyParser.parse("550 tilt"), null).reason();
    }
}
