package dev.dromedary.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery status notification tells of one message that failed for one recipient (RFC 3464).
 *
 * @param id           the report's own, from which its Message-ID is made
 * @param from         the value of its From field
 * @param reportingMta host name of this system
 * @param sender       who gets it: the failed message's envelope sender
 * @param recipient    whom the message did not reach
 * @param messageId    the failed message's id here
 * @param attempts     made, 0 or more
 * @param status       RFC 3463, such as {@code 5.1.1}
 * @param remoteMta    host name of the server that refused, or null
 * @param diagnostic   the server's reply with its code, or null where there was none
 * @param reason       readable
 * @param original     the failed message; its header section is returned
 */
public record FailureReport(
        String id, String from, String reportingMta, EmailAddress sender, EmailAddress recipient, String messageId, Instant arrivedAt, Instant failedAt, int attempts,
        String status, @Nullable String remoteMta, @Nullable String diagnostic, String reason, byte[] original) {
}
