package dev.dromedary.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.ReplyRulesException;
import dev.dromedary.outcome.RuleProblem;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of reactions: what it may say, and what is said about it with its lines. */
class ReactionRulesTest {
    @TempDir
    Path folder;

    @Test
    void everyBuiltInRuleNamesProvidersAndReasonsThatExistAndItsSource() {
        Set<String> providers = BuiltInProviders.load().keySet();
        assertThat(ReactionRules.builtIn().all()).hasSizeGreaterThan(30).allSatisfy(rule -> {
            assertThat(providers).as(rule.id()).containsAll(rule.pattern().providers());
            assertThat(ReplyRules.builtIn().reasons().keySet()).as(rule.id()).containsAll(rule.reasons());
            assertThat(rule.source()).as(rule.id()).isNotBlank();
        });
    }

    /** Each reply as often as its threshold asks for, and not one less. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "google-unusual-rate|google|421-4.7.28 Gmail has detected an unusual rate of email originating from your IP address",
        "google-unusual-rate|google|450 4.7.28 unusual rate of mail containing one of your URL domains",
        "google-unusual-rate-words|google|421 4.7.0 Our system has detected an unusual rate of unsolicited mail originating from your IP address",
        "google-low-reputation|google|550-5.7.1 this message has been blocked due to the very low reputation of the sending domain",
        "google-likely-unsolicited|google|550-5.7.1 Our system has detected that this message is likely unsolicited mail",
        "yahoo-ts02|yahoo|421 4.7.1 [TS02] Messages from 192.0.2.1 have been deferred",
        "yahoo-ts03|yahoo|421 4.7.1 [TS03] All messages will be deferred for now",
        "yahoo-tss04|yahoo|421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1",
        "yahoo-tss04|yahoo|421 [IPTS04] Messages from 192.0.2.1 temporarily deferred due to user complaints",
        "yahoo-tss05|yahoo|421 4.7.0 [TSS05] Messages from 192.0.2.1 temporarily deferred due to user complaints",
        "yahoo-permanently-deferred|yahoo|553 5.7.2 [TSS09] All messages from 192.0.2.1 will be permanently deferred",
        "yahoo-blocklist|yahoo|553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1",
        "yahoo-stop|yahoo|553 5.7.2 [TSS11] All messages from 192.0.2.1 will be permanently deferred",
        "yahoo-messages-per-connection|yahoo|421 Max message per connection reached, closing transmission channel",
        "microsoft-blocklist|microsoft|550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. part of their network is on our block list (S3140).",
        "microsoft-blocklist|microsoft|550 5.7.1 messages weren't sent (S3150)",
        "microsoft-reputation|microsoft|421 RP-001 (RP-001) The mail server IP connecting to Outlook.com has exceeded the rate limit allowed",
        "microsoft-reputation|microsoft|451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation",
        "microsoft-connections|microsoft|451 4.7.652 The mail server [192.0.2.1] has exceeded the maximum number of connections.",
        "microsoft-messages-per-connection|microsoft|451 The mail server [192.0.2.1] has exceeded maximum number of messages per connection",
        "microsoft-busy|microsoft|451 4.7.500 Server busy. Please try again later from [192.0.2.1]",
        "apple-hcm1|apple|451 4.7.1 [HCM1] Your mail from 192.0.2.1 was deferred",
        "apple-busy|apple|450 4.3.2 [BS02] Temporary server error.",
        "apple-try-later|apple|421 4.7.1 Service unavailable - try again later",
        "comcast-new-address|comcast|421 Throttled - try again later. RL000010",
        "comcast-rate|comcast|421 Too many sessions opened. RL000001",
        "orange-connections|orange|421 mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration. OFR_104",
        "gmx-violations|gmx|554 Transaction failed Reject due to policy violations.",
        "qq-frequency|qq|550 Ip frequency limited",
        "netease-refused|netease163|550 RP:ORQ 163 smtp10",
        "too-many-connections|posteo|421 4.7.0 Too many connections from your address"})
    void theWordsOfAProviderStartItsRule(String rule, String provider, String text) {
        ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();
        ReactionBook book = new ReactionBook(ReactionRules.builtIn(), List.of("a"), (pool, to) -> 1, () -> Instant.EPOCH, one -> { });
        int threshold = ReactionRules.builtIn().all().stream().filter(one -> one.id().equals(rule)).findFirst().orElseThrow().threshold().count();
        SmtpReply reply = SmtpReplyParser.parse(text);
        for (int i = 1; i <= threshold; i++) {
            assertThat(book.active()).extracting(ActiveReaction::rule).doesNotContain(rule);
            book.refused("a", provider, reply, classifier.classify(reply, provider));
        }
        assertThat(book.active()).extracting(ActiveReaction::rule).contains(rule);
    }

    /** What is the recipient's or the message's matter, or ours to mend, slows no pool down. */
    @ParameterizedTest
    @ValueSource(strings = {
        "550 5.1.1 The email account that you tried to reach does not exist", "452 4.2.2 The recipient's inbox is out of storage space",
        "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered", "552 5.3.4 Message too big",
        "421 4.7.1 Messages to ann@icloud.com deferred due to excessive volume", "550 5.7.26 This mail is unauthenticated", "421 4.7.0 TLS required", "554 5.6.0 virus found", "421 4.3.0 Temporary System Problem"})
    void whatIsNotThePoolsMatterStartsNothing(String text) {
        ReplyClassifier classifier = ReplyClassifier.withBuiltInRules();
        ReactionBook book = new ReactionBook(ReactionRules.builtIn(), List.of("a"), (pool, to) -> 1, () -> Instant.EPOCH, one -> { });
        SmtpReply reply = SmtpReplyParser.parse(text);
        for (String provider : List.of("google", "yahoo", "microsoft", "apple", "gmx", "orange", "posteo", "other")) {
            for (int i = 0; i < 30; i++) {
                book.refused("a", provider, reply, classifier.classify(reply, provider));
            }
        }
        assertThat(book.active()).isEmpty();
    }

    @Test
    void everyProblemIsNamedWithItsLine() throws IOException {
        assertThat(lint("""
                include: built-in
                rules:
                  - {id: a, regex: x, action: stop, for: 1h, source: s}
                  - {id: b, regex: x, action: rate x1.5, for: 1h, source: s}
                  - {id: c, regex: x, action: suspend, for: 100d, source: s}
                  - {id: d, regex: x, action: suspend, for: 1h, threshold: 3, source: s}
                  - {id: e, regex: x, action: suspend, for: 1h, recovery: [50%@10m, 25%@10m], source: s}
                  - {id: f, regex: x, action: messages-per-connection 2, for: 1h, recovery: [50%@10m], source: s}
                  - {id: g, action: suspend, for: 1h, source: s}
                  - {id: h, regex: x, action: suspend, source: s}
                  - {id: i, regex: '(a+)+', action: suspend, for: 1h, source: s}
                  - {id: a, regex: x, action: suspend, for: 1h, scope: world, source: s}
                  - {id: k, providers: [gogle], reasons: [slow], action: suspend, for: 1h, source: s}
                  - {id: l, regex: x, action: rate 0/min, for: 1h, until: 2h, source: s}
                  - {id: m, regex: x, categories: [later], action: suspend, for: 1h, recovery: [100%, 50%@1m], source: s}
                """)).containsExactly(
                "RULES_VALUE 3 a.action", "RULES_VALUE 4 b.action", "RULES_VALUE 5 c.for", "RULES_VALUE 6 d.threshold", "RULES_VALUE 7 e.recovery",
                "RULES_VALUE 8 f.recovery", "RULES_KEY_MISSING 9 g", "RULES_KEY_MISSING 10 h", "RULES_REGEX 11 i.regex", "RULES_VALUE 12 a.scope",
                "RULES_ID_DUPLICATE 12 a", "RULES_PROVIDER_UNKNOWN 13 k.providers", "RULES_REASON_UNKNOWN 13 k.reasons", "RULES_KEY_UNKNOWN 14 rules[11]",
                "RULES_VALUE 14 l.action", "RULES_VALUE 15 m.categories", "RULES_VALUE 15 m.recovery");
    }

    @Test
    void aFileThatIsNoYamlIsNamedAndCannotBeUsed() throws IOException {
        assertThat(lint("rules: [")).singleElement().asString().startsWith("RULES_YAML");
        Path file = Files.writeString(folder.resolve("reactions.yaml"), "rules:\n  - {id: a, regex: x, action: stop, for: 1h, source: s}\n");
        assertThatThrownBy(() -> ReactionRules.load(file)).isInstanceOf(ReplyRulesException.class).hasMessageContaining("[RULES_VALUE] reactions.yaml:2 a.action: stop");
    }

    @Test
    void aRuleOfOnesOwnReplacesTheBuiltInOneOfItsIdAndOthersCanBeLeftOut() throws IOException {
        Path file = Files.writeString(folder.resolve("reactions.yaml"), """
                include: built-in
                without: [apple-hcm1]
                rules:
                  - {id: google-unusual-rate, providers: [google], status: 4.7.28, action: connections 1, for: 5s, source: us}
                """);
        var ids = ReactionRules.load(file).all().stream().map(ReactionRule::id).toList();
        var expected = new TreeSet<>(ReactionRules.builtIn().all().stream().map(ReactionRule::id).toList());
        expected.remove("apple-hcm1");
        assertThat(ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ReactionRules.load(file).all().get(0).action()).isEqualTo(new ReactionAction.LimitConnections(1));
    }

    @Test
    void withoutIncludeOnlyTheFilesOwnRulesHold() throws IOException {
        Path file = Files.writeString(folder.resolve("reactions.yaml"), "rules: []\n");
        assertThat(ReactionRules.load(file).all()).isEmpty();
        assertThat(lint("include: built-in\nwithout: [gogle]\n")).containsExactly("RULES_ID_UNKNOWN 0 without");
    }

    @Test
    void whatIsWrittenIsReadTheSame() {
        for (String text : List.of("suspend", "bounce", "rate x0.5", "rate 10/min", "rate 1/10s", "connections 1", "messages-per-connection 2")) {
            assertThat(ReactionAction.parse(text).text()).isEqualTo(text);
        }
        for (String text : List.of("25%@10m", "1 connection@10m", "3 connections@1h")) {
            assertThat(RecoveryStep.parse(text).text()).isEqualTo(text);
        }
        for (String text : List.of("", "suspended", "rate", "rate x0", "rate x0.0", "rate x1", "rate -1/min", "connections 0", "connections", "bounce 2")) {
            assertThatThrownBy(() -> ReactionAction.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        for (String text : List.of("", "0%@1m", "100%@1m", "50%", "50%@", "0 connections@1m", "50%@1x")) {
            assertThatThrownBy(() -> RecoveryStep.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private List<String> lint(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("reactions.yaml"), text);
        List<RuleProblem> problems = ReactionRules.lint(file, BuiltInProviders.load().keySet(), ReplyRules.builtIn().reasons().keySet());
        return problems.stream().map(p -> p.code() + " " + p.line() + " " + p.subject()).toList();
    }
}
