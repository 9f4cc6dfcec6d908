package dev.dromedary.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A compiled rules file. Immutable.
 *
 * @param reasons what each reason means
 * @param ordered every rule in the order tried: {@code rules}, then {@code statuses}, then {@code weak-rules}
 */
public record ReplyRules(Map<String, ReasonMeaning> reasons, List<ReplyRule> ordered) {
    /** The reason of a reply that no rule knows. */
    static final String UNDEFINED = "undefined";
    static final String BUILT_IN_NAME = "reply-rules.yaml";

    private static final class BuiltIn {
        static final RulesFile FILE = RulesFile.parse(BUILT_IN_NAME, text());
        static final ReplyRules RULES = compile(FILE);

        private static String text() {
            try (InputStream in = ReplyRules.class.getResourceAsStream(BUILT_IN_NAME)) {
                if (in == null) {
                    throw new IllegalStateException("[RULES_UNREADABLE] " + BUILT_IN_NAME + ": not in the jar; build it again");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public ReplyRules {
        reasons = Map.copyOf(reasons);
        ordered = List.copyOf(ordered);
    }

    /** The rules that come with the program. */
    public static ReplyRules builtIn() {
        return BuiltIn.RULES;
    }

    /**
     * Reads a rules file; what it leaves out is taken from the built-in one.
     *
     * @throws ReplyRulesException naming every problem
     */
    public static ReplyRules load(Path path) {
        return compile(RulesFile.read(path).over(BuiltIn.FILE));
    }

    /** Every problem of a rules file, in the order of its lines; empty where it can be used. */
    public static List<RuleProblem> lint(Path path) {
        return RulesLinter.problems(RulesFile.read(path).over(BuiltIn.FILE));
    }

    static RulesFile builtInFile() {
        return BuiltIn.FILE;
    }

    private static ReplyRules compile(RulesFile file) {
        List<RuleProblem> problems = RulesLinter.problems(file);
        if (!problems.isEmpty()) {
            throw new ReplyRulesException(problems);
        }
        return new ReplyRules(file.reasons(), file.ordered());
    }
}
