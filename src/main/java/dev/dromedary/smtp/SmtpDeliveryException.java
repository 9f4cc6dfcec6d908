package dev.dromedary.smtp;

import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.outcome.SmtpReply;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a pool that did not end in 250.
 *
 * <p>In doubt means that the end of data was sent and no reply came: the server may or may not have taken the message.
 */
public final class SmtpDeliveryException extends MessagingException {
    private final String pool;
    private final SmtpPhase phase;
    private final transient @Nullable SmtpReply reply;
    private final boolean inDoubt;

    public SmtpDeliveryException(String pool, SmtpPhase phase, @Nullable SmtpReply reply, boolean inDoubt, String text, @Nullable Exception cause) {
        super(text, cause);
        this.pool = pool;
        this.phase = phase;
        this.reply = reply;
        this.inDoubt = inDoubt;
    }

    public String pool() {
        return pool;
    }

    public SmtpPhase phase() {
        return phase;
    }

    public @Nullable SmtpReply reply() {
        return reply;
    }

    public boolean inDoubt() {
        return inDoubt;
    }
}
