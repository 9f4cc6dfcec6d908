package dev.dromedary.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import dev.dromedary.pace.Ceiling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever servers say, the book stays within its bounds. */
class ReactionBookPropertyTest {
    private static final List<String> POOLS = List.of("a", "b", "c");
    private static final List<String> PROVIDERS = List.of("google", "yahoo", "microsoft", "apple", "other", "gmx", "unknown");
    private static final List<String> WORDS = List.of("[TSS04]", "4.7.28", "(S3140)", "[HCM1]", "too many connections", "rate limited", "try again later", "5.7.1", "\u0000",
            "messages from 192.0.2.1 temporarily deferred", "x".repeat(5_000), "server busy. please try again later", "\u65e5\u672c");

    record Refusal(String pool, String provider, String text, int seconds) {
    }

    @Provide
    Arbitrary<List<Refusal>> refusals() {
        Arbitrary<String> text = Combinators.combine(Arbitraries.of(421, 450, 451, 550, 553, 554, 0), Arbitraries.of(WORDS).list().ofMaxSize(4))
                .as((code, words) -> (code == 0 ? "" : code + " ") + String.join(" ", words));
        return Combinators.combine(Arbitraries.of(POOLS), Arbitraries.of(PROVIDERS), text, Arbitraries.integers().between(0, 4_000)).as(Refusal::new).list().ofMinSize(50).ofMaxSize(300);
    }

    @Property(tries = 60)
    void noReplyMakesTheBookGrowWithoutBound(@ForAll("refusals") List<Refusal> refusals) {
        Instant[] now = {Instant.parse("2026-03-01T00:00:00Z")};
        ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();
        ReactionBook book = new ReactionBook(ReactionRules.builtIn(), POOLS, (pool, provider) -> 1, () -> now[0], one -> { });
        for (Refusal refusal : refusals) {
            now[0] = now[0].plusSeconds(refusal.seconds());
            SmtpReply reply = SmtpReplyParser.parse(refusal.text());
            book.refused(refusal.pool(), refusal.provider(), reply, classifier.classify(reply, refusal.provider()));
            List<ActiveReaction> active = book.active();
            assertThat(active).hasSizeLessThanOrEqualTo(ReactionRules.builtIn().all().size() * POOLS.size() * PROVIDERS.size());
            assertThat(active.stream().map(one -> one.rule() + one.pool() + one.provider())).doesNotHaveDuplicates();
            assertThat(active).allSatisfy(one -> assertThat(one.cause().length()).isLessThanOrEqualTo(ActiveReaction.CAUSE_LIMIT));
            Ceiling ceiling = book.of(refusal.pool(), refusal.provider());
            assertThat(ceiling.connectionsOf(5)).isBetween(1, 5);
            assertThat(ceiling.perSecond()).isPositive();
        }
        now[0] = now[0].plus(Duration.ofDays(31));
        assertThat(book.active()).isEmpty();
        assertThat(book.of("a", "google")).isEqualTo(Ceiling.NONE);
    }

    @Property(tries = 1)
    void moreProvidersThanItCanHoldDoNotBreakIt() {
        Instant now = Instant.parse("2026-03-01T00:00:00Z");
        ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();
        ReactionBook book = new ReactionBook(ReactionRules.builtIn(), POOLS, (pool, provider) -> 1, () -> now, one -> { });
        SmtpReply reply = SmtpReplyParser.parse("421 Messages from 192.0.2.1 temporarily deferred");
        for (int i = 0; i < 400; i++) {
            for (int hit = 0; hit < 4; hit++) {
                book.refused("a", "provider-" + i, reply, classifier.classify(reply, null));
            }
        }
        assertThat(book.active()).hasSize(400);
        assertThat(book.takeChanged()).hasSize(400);
    }
}
