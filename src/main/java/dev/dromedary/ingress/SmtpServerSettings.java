package dev.dromedary.ingress;

import dev.dromedary.config.DromedaryConfig.SmtpUser;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link SmtpServer} behaves.
 *
 * @param name           for threads and logs
 * @param bind           address or name to listen on
 * @param port           0 takes a free one
 * @param hostname       what the greeting and EHLO say
 * @param maxSize        octets of one message
 * @param maxConnections conversations at a time, each on a thread of its own; one more is answered 421
 * @param maxRecipients  of one transaction; RFC 5321 section 4.5.3.1.8 asks for 100 or more
 * @param users          empty where nobody needs to sign in; any at all makes signing in a must
 * @param tls            for STARTTLS, or null where it is not offered
 * @param requireTls     mail and passwords only after STARTTLS
 * @param idle           how long to wait for the next command or the next octets of data; RFC 5321 section 4.5.3.2.7 asks for 5 minutes
 */
public record SmtpServerSettings(
        String name, String bind, int port, String hostname, long maxSize, int maxConnections, int maxRecipients, List<SmtpUser> users,
        @Nullable SSLContext tls, boolean requireTls, Duration idle) {
    public static final Duration IDLE = Duration.ofMinutes(5);

    public SmtpServerSettings {
        users = List.copyOf(users);
        if (maxSize < 1 || maxConnections < 1 || maxRecipients < 1 || idle.toMillis() < 1) {
            throw new IllegalArgumentException("[SMTP_LIMIT] " + name + ": maxSize " + maxSize + ", maxConnections " + maxConnections
                    + ", maxRecipients " + maxRecipients + ", idle " + idle + "; write 1 or more for each");
        }
        if (requireTls && tls == null) {
            throw new IllegalArgumentException("[SMTP_TLS_MISSING] " + name + ": requireTls without a certificate; give tls or drop requireTls");
        }
    }

    InetAddress address() throws UnknownHostException {
        return InetAddress.getByName(bind);
    }
}
