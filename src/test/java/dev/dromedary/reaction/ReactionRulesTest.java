package dev.dromedary.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.ReplyRulesException;
import dev.dromedary.outcome.RuleProblem;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
