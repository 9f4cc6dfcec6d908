package dev.dromedary.camel;

import dev.dromedary.smtp.SmtpPoolClient;
import dev.dromedary.smtp.WireMessage;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.apache.camel.component.mail.JavaMailSender;
import org.apache.camel.component.mail.MailAuthenticator;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a pool for {@code smtp:...?javaMailSender=#...}: camel-mail's own opens a connection for each message and saves its
 * changes, which breaks signatures. Takes a {@link WireMessage} as the body and leaves the server's reply in it.
 *
 * <p>All settings are the pool's: what could be set here would be ignored, so it is refused. Thread-safe.
 */
public final class PooledMailSender implements JavaMailSender {
    private final SmtpPoolClient client;
    private final Session session = Session.getInstance(new Properties());

    public PooledMailSender(SmtpPoolClient client) {
        this.client = client;
    }

    /** @throws MessagingException a {@code SmtpDeliveryException} where the message was not taken */
    @Override
    public void send(MimeMessage message) throws MessagingException {
        if (!(message instanceof WireMessage wire)) {
            throw new MessagingException("[MAIL_BODY] pool %s: body is %s; make it a WireMessage before smtp:"
                    .formatted(client.pool(), message.getClass().getSimpleName()));
        }
        wire.accepted(client.send(wire.sender(), wire.recipient(), wire.mime(), wire.messagesPerConnection(), wire.watch()));
    }

    @Override
    public Session getSession() {
        return session;
    }

    @Override
    public Properties getJavaMailProperties() {
        return new Properties();
    }

    @Override
    public @Nullable String getHost() {
        return null;
    }

    @Override
    public int getPort() {
        return -1;
    }

    @Override
    public @Nullable String getUsername() {
        return null;
    }

    @Override
    public @Nullable String getPassword() {
        return null;
    }

    @Override
    public String getProtocol() {
        return "smtp";
    }

    @Override
    public @Nullable MailAuthenticator getAuthenticator() {
        return null;
    }

    @Override
    public void setJavaMailProperties(Properties properties) {
        throw configured("JavaMail properties");
    }

    @Override
    public void addAdditionalJavaMailProperty(String key, String value) {
        throw configured(key);
    }

    @Override
    public void setHost(String host) {
        throw configured("host");
    }

    @Override
    public void setPort(int port) {
        throw configured("port");
    }

    @Override
    public void setUsername(String username) {
        throw configured("username");
    }

    @Override
    public void setPassword(String password) {
        throw configured("password");
    }

    @Override
    public void setProtocol(String protocol) {
        throw configured("protocol");
    }

    @Override
    public void setSession(Session other) {
        throw configured("session");
    }

    @Override
    public void setAuthenticator(MailAuthenticator authenticator) {
        throw configured("authenticator");
    }

    private UnsupportedOperationException configured(String what) {
        return new UnsupportedOperationException(
                "[MAIL_SENDER] pool %s: %s set on the sender; set it under pools in dromedary.yaml".formatted(client.pool(), what));
    }
}
