package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What holds for every reply, whatever a rules file says: RFC 5321 section 4.2.1 is the stronger rule. */
class ReplyClassifierPropertyTest {
    /** Generous for a loaded machine: the usual cost is well under a millisecond. */
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final List<Action> ENDING = List.of(Action.BOUNCE, Action.BOUNCE_AND_SUPPRESS, Action.SUPPRESS, Action.IGNORE, Action.DELIVER);
    private final ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();

    @Property(tries = 3_000)
    void a4xxIsAlwaysTriedAgain(@ForAll("codes4") int code, @ForAll("texts") String text) {
        Classification meaning = classifier.classify(SmtpReplyParser.parse(code + " " + text), null);

        assertThat(meaning.category().retryable()).as("%s", meaning).isTrue();
        assertThat(ENDING).doesNotContain(meaning.action());
    }

    @Property(tries = 3_000)
    void a5xxIsNeverDelivered(@ForAll("codes5") int code, @ForAll("texts") String text) {
        Classification meaning = classifier.classify(SmtpReplyParser.parse(code + " " + text), null);

        assertThat(meaning.category()).isNotEqualTo(Category.DELIVERED);
        assertThat(meaning.action()).isNotEqualTo(Action.DELIVER);
        assertThat(meaning.action().fits(meaning.category())).as("%s", meaning).isTrue();
    }

    @Property(tries = 500)
    void anyTextHasAnAnswer(@ForAll String text) {
        assertThat(classifier.classify(SmtpReplyParser.parse(text), "google").rule()).isNotEmpty();
    }

    @Test
    void hostileTextsCostLittle() {
        for (String piece : List.of("a", " ", "550 ", "ip ", "user ", "is ", "message ", "spf ", "5.1.1 ", "connection ", "(", "not ", "mailbox is ", "your ip host ", "<a@b", "\u00e9")) {
            String text = "550 " + piece.repeat(200_000 / piece.length());
            long start = System.nanoTime();
            classifier.classify(SmtpReplyParser.parse(text), null);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(piece).isLessThan(BOUND);
        }
    }

    @Test
    void anExpressionThatNeedsTooLongIsNotFound() {
        var hostile = java.util.regex.Pattern.compile("^(a|a)*$");
        assertThat(BudgetedText.find(hostile, "a".repeat(3_000) + "b")).isFalse();
    }

    @Provide
    Arbitrary<Integer> codes4() {
        return Arbitraries.integers().between(400, 499);
    }

    @Provide
    Arbitrary<Integer> codes5() {
        return Arbitraries.integers().between(500, 599);
    }

    /** Statuses of any class and words of the rules file, in any order. */
    @Provide
    Arbitrary<String> texts() {
        List<String> phrases = ReplyRules.builtIn().ordered().stream().flatMap(rule -> rule.text().phrases().stream()).toList();
        Arbitrary<String> status = Combinators.combine(Arbitraries.of("2", "4", "5"), Arbitraries.integers().between(0, 7), Arbitraries.integers().between(0, 60))
                .as((c, s, d) -> c + "." + s + "." + d);
        Arbitrary<String> word = Arbitraries.oneOf(Arbitraries.of(phrases), status, Arbitraries.of("delivered", "ok", "feedback", "250", "on vacation", "\n550 "));
        return word.list().ofMaxSize(5).map(words -> String.join(" ", words));
    }
}
