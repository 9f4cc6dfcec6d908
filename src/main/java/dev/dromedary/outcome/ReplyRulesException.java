package dev.dromedary.outcome;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown where a rules file cannot be used. Its message has every problem, one a line. */
public final class ReplyRulesException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<RuleProblem> problems;

    public ReplyRulesException(List<RuleProblem> problems) {
        super(problems.stream().map(RuleProblem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<RuleProblem> problems() {
        return problems;
    }
}
