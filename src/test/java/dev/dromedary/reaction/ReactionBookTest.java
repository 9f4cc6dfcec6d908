package dev.dromedary.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import dev.dromedary.pace.Ceiling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What replies start, what holds then, and how it ends, on a clock of the test's own. */
class ReactionBookTest {
    static final String GMAIL = "421-4.7.28 [192.0.2.1] Our system has detected an unusual rate of unsolicited mail originating from your IP address";
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path folder;

    private final ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();
    private final List<ActiveReaction> started = new ArrayList<>();
    private Instant now = START;
    private ReactionBook book = book(ReactionRules.builtIn());

    @Test
    void theFirst421Of4728SuspendsThePoolForTenMinutesAndAddsConnectionsOneByOne() {
        refused("a", "google", GMAIL);
        assertThat(book.suspendedUntil("a", "google")).isEqualTo(START.plus(Duration.ofMinutes(10)));
        assertThat(book.suspendedUntil("b", "google")).as("another pool").isNull();
        assertThat(book.suspendedUntil("a", "yahoo")).as("another provider").isNull();
        for (int connections = 1; connections <= 4; connections++) {
            pass(Duration.ofMinutes(10));
            assertThat(book.of("a", "google").halt()).isNull();
            assertThat(book.of("a", "google").connectionsOf(5)).isEqualTo(connections);
        }
        pass(Duration.ofMinutes(10));
        assertThat(book.of("a", "google")).isEqualTo(Ceiling.NONE);
        assertThat(book.active()).isEmpty();
    }

    @Test
    void aRefusalDuringTheWayBackBeginsItAgain() {
        refused("a", "google", GMAIL);
        pass(Duration.ofMinutes(15));
        assertThat(book.active().get(0).step(now)).isEqualTo(1);
        refused("a", "google", GMAIL);
        assertThat(book.suspendedUntil("a", "google")).isEqualTo(now.plus(Duration.ofMinutes(10)));
        assertThat(book.active()).as("the same one, not a second").hasSize(1);
        assertThat(started).hasSize(1);
    }

    @Test
    void oneRefusalDuringTheWayBackIsEnoughWhateverTheThreshold() {
        rule("regex: slow, threshold: 3/1m, action: suspend, for: 1m, recovery: [50%@10m]");
        refuse(3, "slow");
        pass(Duration.ofMinutes(2));
        assertThat(book.suspendedUntil("a", "google")).isNull();
        refuse(1, "slow");
        assertThat(book.suspendedUntil("a", "google")).isEqualTo(now.plus(Duration.ofMinutes(1)));
    }

    @Test
    void aThresholdCountsOnlyWithinItsWindow() {
        rule("regex: slow, threshold: 3/10m, action: suspend, for: 1h");
        refuse(1, "slow");
        pass(Duration.ofMinutes(9));
        refuse(1, "slow");
        pass(Duration.ofMinutes(1));
        refuse(1, "slow");
        assertThat(book.active()).as("the first is just as old as the window").isEmpty();
        pass(Duration.ofMinutes(9).minusMillis(1));
        refuse(1, "slow");
        assertThat(book.active()).hasSize(1);
    }

    @Test
    void repliesThatDoNotMatchDoNotCount() {
        rule("regex: slow, code: 4xx, threshold: 2/10m, action: suspend, for: 1h");
        refuse(5, "421 quick");
        refuse(5, "550 slow");
        refuse(1, "421 slow");
        assertThat(book.active()).isEmpty();
        refuse(1, "421 slow");
        assertThat(book.active()).hasSize(1);
    }

    @Test
    void reasonsAndCategoriesOfTheClassificationAreConditionsToo() {
        rule("reasons: [toomanyconn], categories: [defer-other-pool], action: connections 1, for: 1h");
        refuse(1, "421 4.2.1 mailbox busy");
        assertThat(book.active()).isEmpty();
        refuse(1, "421 Too many connections");
        assertThat(book.of("a", "google").connectionsOf(50)).isEqualTo(1);
    }

    @Test
    void eachPoolIsCountedForItself() {
        rule("regex: slow, threshold: 2/10m, action: suspend, for: 1h");
        refused("a", "google", "421 slow");
        refused("b", "google", "421 slow");
        assertThat(book.active()).isEmpty();
        refused("b", "google", "421 slow");
        assertThat(book.active()).extracting(ActiveReaction::pool).containsExactly("b");
    }

    @Test
    void aScopeOfTheProviderCountsAllPoolsAndHoldsThemAllBack() {
        rule("regex: slow, threshold: 2/10m, action: suspend, for: 1h, scope: provider");
        refused("a", "google", "421 slow");
        refused("b", "google", "421 slow");
        assertThat(book.active()).extracting(ActiveReaction::pool).containsExactlyInAnyOrder("a", "b");
        assertThat(book.suspendedUntil("b", "google")).isNotNull();
        assertThat(book.suspendedUntil("b", "yahoo")).isNull();
    }

    @Test
    void aCutIsOfWhatWasUsualAndComesBackByShares() {
        rule("regex: slow, action: rate x0.1, for: 10m, recovery: [25%@10m, 50%@20m, 100%]");
        refuse(1, "421 slow");
        assertThat(book.of("a", "google").perSecond()).isCloseTo(0.8, within(1e-9));
        pass(Duration.ofMinutes(10));
        assertThat(book.of("a", "google").perSecond()).isCloseTo(2, within(1e-9));
        pass(Duration.ofMinutes(10));
        assertThat(book.of("a", "google").perSecond()).isCloseTo(4, within(1e-9));
        pass(Duration.ofMinutes(20).minusNanos(1));
        assertThat(book.of("a", "google").perSecond()).isCloseTo(4, within(1e-9));
        pass(Duration.ofNanos(1));
        assertThat(book.of("a", "google")).isEqualTo(Ceiling.NONE);
    }

    @Test
    void ofSeveralAtOnceTheStrictestHoldsInEachRespect() {
        rules("{id: one, regex: one, action: rate 10/min, for: 1h, source: t}", "{id: two, regex: two, action: rate 1/min, for: 10m, source: t}",
                "{id: three, regex: three, action: connections 2, for: 1h, source: t}", "{id: four, regex: four, action: messages-per-connection 3, for: 1h, source: t}");
        refuse(1, "421 one two three four");
        Ceiling all = book.of("a", "google");
        assertThat(all.perSecond()).isCloseTo(1 / 60.0, within(1e-9));
        assertThat(all.connectionsOf(5)).isEqualTo(2);
        assertThat(all.messages()).isEqualTo(3);
        assertThat(all.halt()).isNull();
        pass(Duration.ofMinutes(10));
        assertThat(book.of("a", "google").perSecond()).isCloseTo(10 / 60.0, within(1e-9));
    }

    @Test
    void ofTwoSuspensionsTheLaterEndCounts() {
        rules("{id: one, regex: one, action: suspend, for: 1h, source: t}", "{id: two, regex: two, action: suspend, for: 2h, source: t}");
        refuse(1, "421 one two");
        assertThat(book.suspendedUntil("a", "google")).isEqualTo(START.plus(Duration.ofHours(2)));
    }

    @Test
    void everyActiveOneTellsItsCauseRuleStartAndEnd() {
        refused("a", "google", GMAIL);
        ActiveReaction one = book.active().get(0);
        assertThat(one.cause()).isEqualTo(SmtpReplyParser.parse(GMAIL).text());
        assertThat(one.rule()).isEqualTo("google-unusual-rate");
        assertThat(one.start()).isEqualTo(START);
        assertThat(one.end()).isEqualTo(START.plus(Duration.ofMinutes(50)));
        assertThat(book.of("a", "google").halt().why()).contains("suspend by rule google-unusual-rate until 2026-03-01T00:10:00Z").contains("unusual rate");
    }

    @Test
    void aLiftedOneIsOverAtOnceAndItsThresholdBeginsFromNothing() {
        rule("regex: slow, threshold: 2/10m, action: suspend, for: 1h");
        refuse(2, "421 slow");
        String id = book.active().get(0).id();
        assertThat(book.lift(id)).isNotNull();
        assertThat(book.suspendedUntil("a", "google")).isNull();
        assertThat(book.lift(id)).isNull();
        refuse(1, "421 slow");
        assertThat(book.active()).isEmpty();
    }

    @Test
    void ourOwnRefusalsAndOthersDomainsStartNothing() {
        rule("regex: holds characters, action: suspend, for: 1h");
        refuse(1, "553 5.1.7 (not sent) the sender address holds characters that no command can carry");
        refused("a", "other", "553 5.1.7 the sender address holds characters that no command can carry");
        assertThat(book.active()).isEmpty();
        refuse(1, "553 5.1.7 the sender address holds characters that no command can carry");
        assertThat(book.active()).hasSize(1);
    }

    @Test
    void whatWasStoredIsTakenOverAndWhatIsGoneWasLifted() {
        refused("a", "google", GMAIL);
        List<ActiveReaction> stored = book.takeChanged();
        assertThat(stored).hasSize(1);
        assertThat(book.takeChanged()).isEmpty();
        ReactionBook restarted = book(ReactionRules.builtIn());
        restarted.replace(stored);
        assertThat(restarted.suspendedUntil("a", "google")).isEqualTo(START.plus(Duration.ofMinutes(10)));
        restarted.replace(List.of());
        assertThat(restarted.suspendedUntil("a", "google")).isNull();
    }

    @Test
    void whatCouldNotBeStoredIsNeitherForgottenNorUndone() {
        refused("a", "google", GMAIL);
        List<ActiveReaction> unstored = book.takeChanged();
        book.giveBack(unstored);
        book.replace(List.of());
        assertThat(book.suspendedUntil("a", "google")).isNotNull();
        assertThat(book.takeChanged()).isEqualTo(unstored);
    }

    private void rule(String fields) {
        rules("{id: one, " + fields + ", source: t}");
    }

    private void rules(String... rules) {
        try {
            Path file = Files.writeString(folder.resolve("reactions.yaml"), "rules:\n  - " + String.join("\n  - ", rules) + "\n");
            book = book(ReactionRules.load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Eight messages a second are usual. */
    private ReactionBook book(ReactionRules rules) {
        return new ReactionBook(rules, List.of("a", "b"), (pool, provider) -> 8, () -> now, started::add);
    }

    private void refuse(int times, String reply) {
        for (int i = 0; i < times; i++) {
            refused("a", "google", reply);
        }
    }

    private void refused(String pool, String provider, String text) {
        SmtpReply reply = SmtpReplyParser.parse(text);
        book.refused(pool, provider, reply, classifier.classify(reply, provider));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
