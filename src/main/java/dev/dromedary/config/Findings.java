package dev.dromedary.config;

import dev.dromedary.config.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that one run names everything. */
final class Findings {
    private static final Comparator<Problem> FILE_ORDER = Comparator
            .comparing((Problem problem) -> problem.line() == 0)
            .thenComparing(Problem::line);

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    /** @param file the configuration file's name as problems show it */
    Findings(String file) {
        this.file = file;
    }

    Place line(int line) {
        return line == 0 ? Place.NOWHERE : new Place(file, line);
    }

    void errorAt(ConfigCode code, int line, String key, String seen, String advice) {
        error(code, new Place(file, line), key, seen, advice);
    }

    void error(ConfigCode code, Place place, String key, String seen, String advice) {
        problems.add(new Problem(code, place.file(), place.line(), key, seen, advice, Severity.ERROR));
    }

    void warning(ConfigCode code, Place place, String key, String seen, String advice) {
        problems.add(new Problem(code, place.file(), place.line(), key, seen, advice, Severity.WARNING));
    }

    /** Whether something is wrong with a key already, so that it need not be said in other words. */
    boolean has(String key) {
        return problems.stream().anyMatch(problem -> problem.key().equals(key));
    }

    /** Lines of the file first, in order, then what has no line. */
    List<Problem> problems() {
        return problems.stream().sorted(FILE_ORDER).toList();
    }
}
