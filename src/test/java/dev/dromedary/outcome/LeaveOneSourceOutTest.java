package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How far the built-in rules carry to a source that they were not tuned on. A source is the MTA or provider that a row of the corpora
 * comes from. For each, every phrase and expression that is found in rows of this source and of no other is taken away, as if nobody had
 * seen the source; what is left then classifies the source's rows.
 *
 * <p>Too strict where such a phrase was written from a document or from memory, too kind where one alternative of a long expression is
 * there for one row.
 */
class LeaveOneSourceOutTest {
    private static final Path REPLIES = Path.of(System.getProperty("corpora", "../shared/data")).resolve("replies");
    /** Names of the corpora for one and the same sender of replies. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("gmail", "google"), Map.entry("gsuite", "google"), Map.entry("googlegroups", "google"),
            Map.entry("outlook", "microsoft"), Map.entry("office365", "microsoft"), Map.entry("exchange2003", "microsoft"), Map.entry("exchange2007", "microsoft"),
            Map.entry("yahoo", "yahooinc"), Map.entry("aol", "yahooinc"), Map.entry("verizon", "yahooinc"), Map.entry("ezweb", "kddi"),
            Map.entry("amazonworkmail", "amazonses"), Map.entry("receivingses", "amazonses"), Map.entry("v5sendmail", "sendmail"), Map.entry("notes", "domino"));

    private static final Pattern DOCUMENTED = Pattern.compile("^(?:yahoo|aol|godaddy|apple|orange|laposte|microsoft|comcast|cox|spectrum|facebook|outlook)-");

    private record Row(String id, String source, SmtpReply reply, String folded, String expected) {
    }

    /** One phrase or one expression of a rule, or a rule without either. */
    private record Part(ReplyRule rule, Set<String> foundIn) {
        boolean onlyIn(String source) {
            return !rule.text().any() && foundIn.size() == 1 && foundIn.contains(source);
        }

        /** Found in rows of one source and in no other, so that nothing here tells whether it is general or that source's own. */
        boolean ofOneSource() {
            return !rule.text().any() && foundIn.size() == 1;
        }

        /** A provider's own code or wording, the meaning of which its documents say. */
        boolean documentedCode() {
            return DOCUMENTED.matcher(rule.id()).find();
        }
    }

    @BeforeEach
    void corporaAreHere() {
        assumeTrue(Files.isDirectory(REPLIES), "no corpora in " + REPLIES);
    }

    @Test
    void whatOneSourceAloneTaughtIsAFewPartsOnly() throws IOException {
        List<Part> parts = parts(rows());
        long words = parts.stream().filter(part -> !part.rule().text().any()).count();
        long nowhere = parts.stream().filter(part -> !part.rule().text().any() && part.foundIn().isEmpty()).count();
        long once = parts.stream().filter(Part::ofOneSource).count();
        System.out.printf("phrases and expressions: %d; in no row %d, in rows of one source %d, of several %d%n", words, nowhere, once, words - nowhere - once);

        assertThat((double) once / words).isLessThan(0.15);
    }

    @Test
    void aSourceThatTaughtNothingIsStillUnderstood() throws IOException {
        double without = share(false);
        double withCodes = share(true);

        assertThat(without).isGreaterThan(0.83);
        assertThat(withCodes).isGreaterThanOrEqualTo(without);
    }

    private static double share(boolean keepDocumentedCodes) throws IOException {
        List<Row> rows = rows();
        List<Part> parts = parts(rows);
        Map<String, int[]> bySource = new TreeMap<>();
        var wrong = new ArrayList<String>();
        for (String source : rows.stream().map(Row::source).distinct().toList()) {
            List<ReplyRule> left = parts.stream().filter(part -> !part.onlyIn(source) || keepDocumentedCodes && part.documentedCode()).map(Part::rule).toList();
            ReplyClassifier classifier = new ReplyClassifier(new ReplyRules(ReplyRules.builtIn().reasons(), left));
            for (Row row : rows.stream().filter(one -> one.source().equals(source)).toList()) {
                Classification meaning = classifier.classify(row.reply(), null);
                boolean right = meaning.category().id().equals(row.expected());
                bySource.computeIfAbsent(source, s -> new int[2])[right ? 0 : 1]++;
                if (!right) {
                    wrong.add(row.id() + " " + row.expected() + " <- " + meaning.category().id() + " by " + meaning.rule());
                }
            }
        }
        double share = 1 - (double) wrong.size() / rows.size();
        double mean = bySource.values().stream().mapToDouble(counts -> (double) counts[0] / (counts[0] + counts[1])).average().orElse(0);
        System.out.printf("leave one source out%s: %d sources, %d of %d rows, %.3f; mean of the sources %.3f%n",
                keepDocumentedCodes ? ", documented codes kept" : "", bySource.size(), rows.size() - wrong.size(), rows.size(), share, mean);
        if (Boolean.getBoolean("misses")) {
            wrong.forEach(System.out::println);
        }
        return share;
    }

    private static List<Part> parts(List<Row> rows) {
        return ReplyRules.builtIn().ordered().stream().flatMap(LeaveOneSourceOutTest::split).map(rule -> {
            Set<String> foundIn = new HashSet<>();
            rows.stream().filter(row -> rule.matches(row.reply(), row.folded(), null)).forEach(row -> foundIn.add(row.source()));
            return new Part(rule, foundIn);
        }).toList();
    }

    private static Stream<ReplyRule> split(ReplyRule rule) {
        if (rule.text().any()) {
            return Stream.of(rule);
        }
        return Stream.concat(
                rule.text().phrases().stream().map(phrase -> with(rule, new TextPattern(List.of(phrase), List.of()))),
                rule.text().expressions().stream().map(expression -> with(rule, new TextPattern(List.of(), List.of(expression)))));
    }

    private static ReplyRule with(ReplyRule rule, TextPattern text) {
        return new ReplyRule(rule.id(), rule.providers(), rule.code(), rule.status(), text, rule.reason(), rule.file(), rule.line());
    }

    private static List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        for (Map<String, String> cells : ReplyCorpusTest.rows("replies_eml.tsv")) {
            String source = cells.get("source_file").replaceFirst("^[lr]host-", "").replaceFirst("-?\\d+\\.eml$", "");
            rows.add(row(cells, source, cells.get("reply_line")));
        }
        for (Map<String, String> cells : ReplyCorpusTest.rows("replies_docs.tsv")) {
            rows.add(row(cells, cells.get("provider"), cells.get("reply_text")));
        }
        return rows;
    }

    private static Row row(Map<String, String> cells, String source, String text) {
        SmtpReply reply = SmtpReplyParser.parse(text);
        return new Row(cells.get("id"), SAME.getOrDefault(source, source), reply, TextPattern.fold(reply.text()), cells.get("proposed_insession"));
    }
}
