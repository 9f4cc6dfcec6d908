package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesLinterTest {
    @TempDir
    private Path directory;

    @Test
    void theBuiltInRulesAreSound() {
        assertThat(RulesLinter.problems(ReplyRules.builtInFile())).isEmpty();
    }

    @Test
    void namesEveryProblemWithItsLine() throws IOException {
        List<String> problems = lint("""
                rules:
                  - {id: a, phrases: [no], reason: userunknown, source: x}
                  - {id: a, phrases: [yes], reason: userunknown, source: x}
                  - {id: b, phrases: [no thanks], reason: userunknown, source: x}
                  - {id: c, phrases: [c], reason: nonsense, source: x}
                  - {id: d, regex: '(', reason: userunknown, source: x}
                  - {id: e, regex: '(a+)+$', reason: userunknown, source: x}
                  - {id: f, phrase: [f], reason: userunknown, source: x}
                  - {id: g, code: 9xx, reason: userunknown, source: x}
                  - {id: h, status: 5.1, phrases: [h], reason: userunknown, source: x}
                  - {phrases: [i], reason: userunknown}
                wrong: 1
                """);

        assertThat(problems).anySatisfy(p -> assertThat(p).startsWith("[RULES_ID_DUPLICATE] rules.yaml:3 a: "))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_UNREACHABLE] rules.yaml:4 b: every reply it matches is taken by a at line 2; "))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_REASON_UNKNOWN] rules.yaml:5 c: nonsense; "))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_REGEX] rules.yaml:6 d.regex: (; mend the expression: "))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_REGEX] rules.yaml:7 e.regex: (a+)+$; bound the repetition"))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_KEY_UNKNOWN] rules.yaml:8 "))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_VALUE] rules.yaml:9 g.code: 9xx; "))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_VALUE] rules.yaml:10 h.status: 5.1; "))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_KEY_MISSING] rules.yaml:11 "))
                .anySatisfy(p -> assertThat(p).startsWith("[RULES_KEY_UNKNOWN] rules.yaml:12 file: wrong; "));
    }

    @Test
    void anActionHasToFitItsReason() throws IOException {
        assertThat(lint("reasons:\n  userunknown: {cause: permanent-recipient, action: deliver}\n")).singleElement().asString().startsWith("[RULES_ACTION] ");
        assertThat(lint("reasons:\n  userunknown: {cause: somebody}\n")).anySatisfy(p -> assertThat(p).startsWith("[RULES_VALUE] rules.yaml:2 reasons.userunknown.cause: somebody; use one of "));
    }

    @Test
    void brokenFilesAreTold() throws IOException {
        assertThat(lint("rules: [\n")).singleElement().asString().startsWith("[RULES_YAML] rules.yaml:");
        assertThat(lint("- a\n")).anySatisfy(p -> assertThat(p).startsWith("[RULES_VALUE] rules.yaml:1 file: a list"));
        assertThat(ReplyRules.lint(directory.resolve("none.yaml"))).singleElement().extracting(RuleProblem::code).isEqualTo("RULES_UNREADABLE");
    }

    @Test
    void aFileOfOnesOwnGoesBeforeTheBuiltInRules() throws IOException {
        Path file = write("include: built-in\nrules:\n  - {id: own, providers: [google], phrases: [no such user], reason: blocked, source: us}\n");
        ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();

        classifier.reload(file);

        assertThat(classifier.classify(SmtpReplyParser.parse("550 No such user"), "google").rule()).isEqualTo("own");
        assertThat(classifier.classify(SmtpReplyParser.parse("550 No such user"), "yahoo").reason()).isEqualTo("userunknown");
    }

    @Test
    void aLongExpressionMayStandInParts() throws IOException {
        Path file = write("""
                include: built-in
                rules:
                  - id: own
                    regex:
                      - ['too (?:slow',
                         '|late) for us']
                      - never
                    reason: speeding
                    source: us
                """);
        ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();

        classifier.reload(file);

        assertThat(classifier.classify(SmtpReplyParser.parse("550 too late for us"), null).rule()).isEqualTo("own");
        assertThat(classifier.classify(SmtpReplyParser.parse("550 never"), null).rule()).isEqualTo("own");
        assertThat(classifier.classify(SmtpReplyParser.parse("550 for us"), null).rule()).isNotEqualTo("own");
        assertThat(lint("rules:\n  - {id: a, regex: [[]], reason: userunknown, source: x}\n")).singleElement().asString()
                .startsWith("[RULES_VALUE] rules.yaml:2 a.regex: an empty list; ");
        assertThat(lint("rules:\n  - {id: a, regex: [['(', b]], reason: userunknown, source: x}\n")).singleElement().asString()
                .startsWith("[RULES_REGEX] rules.yaml:2 a.regex: (b; ");
    }

    @Test
    void aWordAloneDoesNotTakeWhatLongerWordsMatch() throws IOException {
        assertThat(lint("""
                rules:
                  - {id: a, phrases: [full], reason: mailboxfull, source: x}
                  - {id: b, phrases: [box full], reason: userunknown, source: x}
                  - {id: c, phrases: [full box], reason: userunknown, source: x}
                """)).singleElement().asString().startsWith("[RULES_UNREACHABLE] rules.yaml:4 c: ");
    }

    @Test
    void aBadFileLeavesTheOldRulesInForce() throws IOException {
        Path file = write("rules:\n  - {id: own, phrases: [x], reason: nonsense, source: us}\n");
        ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();

        assertThatThrownBy(() -> classifier.reload(file)).isInstanceOf(ReplyRulesException.class).hasMessageContaining("[RULES_REASON_UNKNOWN] rules.yaml:2");
        assertThat(classifier.classify(SmtpReplyParser.parse("550 No such user"), null).reason()).isEqualTo("userunknown");
    }

    private List<String> lint(String text) throws IOException {
        return ReplyRules.lint(write(text)).stream().map(RuleProblem::text).toList();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("rules.yaml"), text);
    }
}
