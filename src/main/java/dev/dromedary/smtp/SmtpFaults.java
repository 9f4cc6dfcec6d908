package dev.dromedary.smtp;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.outcome.SmtpReply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Words for what went wrong with one pool, free of its credentials whatever a server echoes. */
final class SmtpFaults {
    private final DromedaryConfig.Pool pool;

    SmtpFaults(DromedaryConfig.Pool pool) {
        this.pool = pool;
    }

    SmtpDeliveryException noFreeConnection() {
        return fault(SmtpPhase.CONNECT, "no free connection, all " + pool.maxConnections() + " are in use", null);
    }

    SmtpDeliveryException closing() {
        return fault(SmtpPhase.CONNECT, "the pool is closing", null);
    }

    /** Nothing came back that could be called a reply. */
    SmtpDeliveryException fault(SmtpPhase phase, String seen, @Nullable Exception cause) {
        return new SmtpDeliveryException(pool.id(), phase, null, false, text(phase, seen), withoutText(phase, cause));
    }

    SmtpDeliveryException inDoubt(String seen, @Nullable Exception cause) {
        return new SmtpDeliveryException(pool.id(), SmtpPhase.END_OF_DATA, null, true, text(SmtpPhase.END_OF_DATA, seen), cause);
    }

    SmtpDeliveryException refusal(SmtpPhase phase, SmtpReply reply) {
        SmtpReply clean = new SmtpReply(reply.code(), reply.enhanced(), withoutCredentials(reply.text()));
        return new SmtpDeliveryException(pool.id(), phase, clean, false, text(phase, clean.text()), null);
    }

    /** A cause from AUTH could carry what the server echoed: its class says enough. */
    private static @Nullable Exception withoutText(SmtpPhase phase, @Nullable Exception cause) {
        return phase == SmtpPhase.AUTH ? null : cause;
    }

    private String text(SmtpPhase phase, String seen) {
        return "[SMTP_%s] pool %s, %s:%d: %s; %s"
                .formatted(phase, pool.id(), pool.host(), pool.port(), withoutCredentials(seen), advice(phase));
    }

    private static String advice(SmtpPhase phase) {
        return switch (phase) {
            case CONNECT -> "check host, port, source addresses, firewall and maxConnections";
            case GREETING -> "the server takes no connection now: see its words, its limits and its block lists";
            case EHLO -> "check the pool's hello and that the port speaks SMTP";
            case STARTTLS -> "check the pool's tls mode, the server's certificate and the truststore";
            case AUTH -> "check username and password, and that the server takes PLAIN or LOGIN";
            case MAIL, RCPT, DATA -> "the message was not taken: see the server's words";
            case END_OF_DATA -> "see the server's words; without any the message may have been taken";
            case QUIT -> "nothing to do";
        };
    }

    private String withoutCredentials(String text) {
        if (pool.password().isEmpty()) {
            return text;
        }
        String password = pool.password().reveal();
        String user = pool.username() == null ? "" : pool.username();
        return text.replace(base64(user + '\0' + user + '\0' + password), "(secret)")
                .replace(base64('\0' + user + '\0' + password), "(secret)")
                .replace(base64(password), "(secret)")
                .replace(password, "(secret)");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
