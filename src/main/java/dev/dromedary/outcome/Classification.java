package dev.dromedary.outcome;

/**
 * What a reply means.
 *
 * @param category what becomes of the message in this session; always retryable for a 4xx
 * @param action   what to do
 * @param reason   why, in the vocabulary of the rules file ({@code userunknown}, {@code mailboxfull}, ...)
 * @param cause    whose fault it is, whatever the code's first digit
 * @param rule     id of the rule that decided
 */
public record Classification(Category category, Action action, String reason, Cause cause, String rule) {
}
