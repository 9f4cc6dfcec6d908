package dev.dromedary.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP transaction as the client made it, envelope syntax checked.
 *
 * @param from          the reverse-path as written, or null for {@code <>}
 * @param to            one or more forward-paths as written, repetitions included
 * @param data          the content after dot-unstuffing; bare CR and bare LF are left as they came. Not shared: the receiver may keep it
 * @param remoteAddress the client's IP address as text
 * @param user          the name the client signed in with, or null
 * @param smtpUtf8      true where MAIL asked for SMTPUTF8 (RFC 6531)
 */
public record SmtpSubmission(
        @Nullable String from, List<String> to, byte[] data, String remoteAddress, @Nullable String user, boolean smtpUtf8) {

    public SmtpSubmission {
        to = List.copyOf(to);
    }
}
