package dev.dromedary.outcome;

/**
 * Something wrong in a rules file.
 *
 * @param code stable, such as {@code RULES_REGEX}
 * @param line from 1; 0 where the file as a whole is meant
 */
public record RuleProblem(String code, String file, int line, String subject, String seen, String advice) {

    /** {@code [CODE] file:line subject: value seen; what to change}. */
    public String text() {
        return "[" + code + "] " + file + (line > 0 ? ":" + line : "") + " " + subject + ": " + seen + "; " + advice;
    }
}
