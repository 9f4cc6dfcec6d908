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
import java.util.function.Function;
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

    /** Phrases alone, behind a 550: they are not whole replies, and some stand for two reasons. */
    @Test
    void knowsThePhrasesOfOthersRules() throws IOException {
        assertReasons("phrases.tsv", row -> "550 " + row.get("phrase"), 0.93);
        assertReasons("provider_rules.tsv", ReplyCorpusTest::synthetic, 0.85);
    }

    private static String synthetic(Map<String, String> row) {
        String code = row.get("code").matches("\\d{3}") ? row.get("code") : "550";
        String status = row.get("status_or_range").matches("5\\.\\d+\\.\\d+") ? row.get("status_or_range") + " " : "";
        return code + " " + status + row.get("phrase");
    }

    private void assertReasons(String file, Function<Map<String, String>, String> reply, double floor) throws IOException {
        JsonNode map = new ObjectMapper().readTree(CORPORA.resolve("reason_map.json").toFile());
        List<Map<String, String>> rows = rows(file).stream().filter(row -> map.has(row.get("sisimai_reason")) && !row.get("phrase").isEmpty()).toList();
        var wrong = new ArrayList<String>();
        for (Map<String, String> row : rows) {
            SmtpReply parsed = SmtpReplyParser.parse(reply.apply(row));
            Classification meaning = classifier.classify(parsed, null);
            String expected = map.path(row.get("sisimai_reason")).path(parsed.transientNegative() ? "insession_4xx" : "insession_5xx").asText();
            if (!meaning.category().id().equals(expected)) {
                wrong.add(row.get("id") + " " + expected + " <- " + meaning.category().id() + " by " + meaning.rule());
            }
        }
        assertShare(file, "insession", rows.size(), wrong, floor);
    }

    private static void assertShare(String file, String label, int rows, List<String> wrong, double floor) {
        double share = 1 - (double) wrong.size() / rows;
        System.out.printf("%s %s: %d of %d rows, %.3f%n", file, label, rows - wrong.size(), rows, share);
        assertThat(share).as("%s %s: %s", file, label, wrong).isGreaterThanOrEqualTo(floor);
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
        assertShare(file, label, rows.size(), wrong, floor);
    }

    static List<Map<String, String>> rows(String file) throws IOException {
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
