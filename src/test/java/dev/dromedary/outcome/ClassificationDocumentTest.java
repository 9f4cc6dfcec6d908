package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of reasons in docs/classification.md says what the built-in rules do. */
class ClassificationDocumentTest {

    @Test
    void everyReasonIsDocumentedAsItIs() throws IOException {
        String document = Files.readString(Path.of("docs/classification.md"));

        ReplyRules.builtIn().reasons().forEach((reason, meaning) -> {
            if (!reason.equals("delivered")) {
                Category refused = meaning.category(ReplyClass.PERMANENT);
                assertThat(document).contains("| `" + reason + "` |").containsPattern("\\| `" + reason + "` \\| [^|]* \\| " + meaning.cause(ReplyClass.PERMANENT).id() + " \\| "
                        + meaning.category(ReplyClass.TRANSIENT).id() + " \\| " + refused.id() + " \\| " + meaning.action(refused).id() + " \\|");
            }
        });
    }
}
