package dev.dromedary.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Holds everything that is wrong with it, so that one run of {@code check} is enough. */
public final class ConfigException extends RuntimeException {
    private final transient List<Problem> problems;

    ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** Errors and warnings, in file order. */
    public List<Problem> problems() {
        return problems;
    }
}
