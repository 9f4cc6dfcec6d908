package dev.dromedary.outcome;

import org.jspecify.annotations.Nullable;

/**
 * An SMTP reply (RFC 5321 section 4.2).
 *
 * @param code     the three-digit reply code, or 0 where the text carries none
 * @param enhanced the RFC 3463 status such as {@code 4.7.28}, or null where the reply has none
 * @param text     the whole reply, lines joined by a space
 */
public record SmtpReply(int code, @Nullable String enhanced, String text) {

    public boolean positive() {
        return code >= 200 && code < 400;
    }

    public boolean transientNegative() {
        return code >= 400 && code < 500;
    }

    public boolean permanentNegative() {
        return code >= 500 && code < 600;
    }
}
