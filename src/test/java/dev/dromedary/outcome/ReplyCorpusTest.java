package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far the built-in rules agree with replies that others have labelled. What they get wrong is in docs/classification.md. */
class ReplyCorpusTest {
    private static final Path CORPORA = Path.of(System.getProperty("corpora", "../shared/data"));
    /** No live refusal has these; after a 4xx or 5xx a message is not delivered, and a 4xx is always tried again. */
    private static final Set<String> NO_REFUSAL = Set.of("delivered", "feedback", "vacation");
    private final ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();

    @BeforeEach
    void corporaAreHere() {
        assumeTrue(Files.isDirectory(CORPORA), "no corpora in " + CORPORA);
    }

    @Test
    void everyReasonMeansWhatTheMapSays() throws IOException {
        JsonNode map = new ObjectMapper().readTree(CORPORA.resolve("reason_map.json").toFile());
        Map<String, ReasonMeaning> reasons = ReplyRules.builtIn().reasons();

        map.fields().forEachRemaining(entry -> {
            ReasonMeaning meaning = reasons.get(entry.getKey());
            assertThat(meaning).as(entry.getKey()).isNotNull();
            assertThat(meaning.category(ReplyClass.PERMANENT).id()).as(entry.getKey()).isEqualTo(entry.getValue().path("insession_5xx").asText());
            assertThat(meaning.cause(ReplyClass.TRANSIENT).id()).as(entry.getKey()).isEqualTo(entry.getValue().path("temporary_4xx").asText());
            assertThat(meaning.cause(ReplyClass.PERMANENT).id()).as(entry.getKey()).isEqualTo(entry.getValue().path("permanent_5xx").asText());
            assertThat(meaning.cause(ReplyClass.NONE).id()).as(entry.getKey()).isEqualTo(entry.getValue().path("no_code").asText());
            assertThat(meaning.category(ReplyClass.TRANSIENT).retryable()).as(entry.getKey()).isTrue();
            if (!NO_REFUSAL.contains(entry.getKey())) {
                assertThat(meaning.category(ReplyClass.TRANSIENT).id()).as(entry.getKey()).isEqualTo(entry.getValue().path("insession_4xx").asText());
            }
        });
    }

    @Test
    void classifiesRepliesOfRealBounces() throws IOException {
        assertShare("replies_eml.tsv", "reply_line", "proposed_insession", 0.93);
        assertShare("replies_eml.tsv", "reply_line", "proposed_category", 0.93);
    }

    @Test
    void classifiesRepliesThatProvidersDocument() throws IOException {
        assertShare("replies_docs.tsv", "reply_text", "proposed_insession", 0.93);
        assertShare("replies_docs.tsv", "reply_text", "proposed_category", 0.9);
    }

    private void assertShare(String file, String text, String label, double floor) throws IOException {
        List<Map<String, String>> rows = rows(file);
        var wrong = new ArrayList<String>();
        for (Map<String, String> row : rows) {
            SmtpReply reply = SmtpReplyParser.parse(row.get(text));
            Classification meaning = classifier.classify(reply, null);
            String answer = label.equals("proposed_category") ? meaning.cause().id() : meaning.category().id();
            if (!answer.equals(row.get(label))) {
                wrong.add(row.get("id") + " " + row.get(label) + " <- " + answer + " by " + meaning.rule());
            }
            assertThat(reply.transientNegative() && !meaning.category().retryable()).as(row.get("id")).isFalse();
        }
        assertThat(1 - (double) wrong.size() / rows.size()).as("%s %s: %s", file, label, wrong).isGreaterThanOrEqualTo(floor);
    }

    private static List<Map<String, String>> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(CORPORA.resolve("replies").resolve(file));
        String[] names = lines.get(0).split("\t", -1);
        var rows = new ArrayList<Map<String, String>>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            var row = new HashMap<String, String>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
