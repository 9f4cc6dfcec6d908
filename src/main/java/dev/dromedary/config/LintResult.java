package dev.dromedary.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param config   null if there is an error among the problems
 * @param problems errors and warnings, in file order
 */
public record LintResult(@Nullable DromedaryConfig config, List<Problem> problems) {
    public LintResult {
        problems = List.copyOf(problems);
    }

    public long errors() {
        return problems.stream().filter(Problem::isError).count();
    }

    public long warnings() {
        return problems.size() - errors();
    }
}
