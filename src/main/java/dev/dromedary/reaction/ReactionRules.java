package dev.dromedary.reaction;

import dev.dromedary.outcome.ReplyRulesException;
import dev.dromedary.outcome.RuleProblem;
import dev.dromedary.outcome.RulesDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules in force, by provider. Immutable. */
public final class ReactionRules {
    static final String BUILT_IN_NAME = "reactions.yaml";
    /** Everybody else's domains: what one of them answers says nothing about the others, so a rule holds there only where it names it. */
    private static final String OTHER = "other";

    private final List<ReactionRule> all;
    private final List<ReactionRule> forAnyProvider;
    private final Map<String, List<ReactionRule>> byProvider = new HashMap<>();

    private static final class BuiltIn {
        static final ReactionRules RULES = of(ReactionRulesReader.read(RulesDocument.parse(BUILT_IN_NAME, text())));

        private static String text() {
            try (InputStream in = ReactionRules.class.getResourceAsStream(BUILT_IN_NAME)) {
                if (in == null) {
                    throw new IllegalStateException("[RULES_UNREADABLE] " + BUILT_IN_NAME + ": not in the jar; build it again");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ReactionRules(List<ReactionRule> rules) {
        this.all = List.copyOf(rules);
        this.forAnyProvider = rules.stream().filter(rule -> rule.pattern().providers().isEmpty()).toList();
        Set<String> named = new LinkedHashSet<>();
        rules.forEach(rule -> named.addAll(rule.pattern().providers()));
        for (String provider : named) {
            byProvider.put(provider, rules.stream()
                    .filter(rule -> rule.pattern().providers().contains(provider) || rule.pattern().providers().isEmpty() && !provider.equals(OTHER)).toList());
        }
    }

    /** The rules that come with the program. */
    public static ReactionRules builtIn() {
        return BuiltIn.RULES;
    }

    /**
     * Reads a file of one's own.
     *
     * @throws ReplyRulesException naming every problem
     */
    public static ReactionRules load(Path file) {
        return of(withBuiltIn(ReactionRulesReader.read(RulesDocument.read(file))));
    }

    /**
     * Every problem of a file, in the order of its lines; empty where it can be used.
     *
     * @param providers ids that a rule may name
     * @param reasons   of the classification that a rule may name
     */
    public static List<RuleProblem> lint(Path file, Set<String> providers, Set<String> reasons) {
        return new ReactionLinter(providers, reasons).problems(ReactionRulesReader.read(RulesDocument.read(file)));
    }

    private static ReactionRules of(ReactionRulesReader.Read read) {
        if (!read.problems().isEmpty()) {
            throw new ReplyRulesException(read.problems());
        }
        return new ReactionRules(read.rules());
    }

    /** A rule of one's own takes the place of the built-in one with its id. */
    private static ReactionRulesReader.Read withBuiltIn(ReactionRulesReader.Read own) {
        if (!own.includesBuiltIn()) {
            return own;
        }
        List<ReactionRule> rules = new ArrayList<>(own.rules());
        Set<String> replaced = new LinkedHashSet<>(own.without());
        own.rules().forEach(rule -> replaced.add(rule.id()));
        builtIn().all.stream().filter(rule -> !replaced.contains(rule.id())).forEach(rules::add);
        return new ReactionRulesReader.Read(own.file(), true, rules, own.without(), own.problems());
    }

    List<ReactionRule> all() {
        return all;
    }

    /** Those that a reply of the provider may match. */
    List<ReactionRule> of(String provider) {
        List<ReactionRule> rules = byProvider.get(provider);
        return rules != null ? rules : provider.equals(OTHER) ? List.of() : forAnyProvider;
    }
}
