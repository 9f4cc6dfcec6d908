package dev.dromedary.smtp;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.outcome.SmtpReply;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/**
 * A finished message on its way out, with its envelope: bytes that nobody parses, changes or renders again on the way, so that a
 * signature over them stays good. Carries the server's reply back. Not thread-safe.
 */
public final class WireMessage extends SMTPMessage {
    private final @Nullable EmailAddress sender;
    private final EmailAddress recipient;
    private final byte[] mime;
    private final int messagesPerConnection;
    private final EndOfDataWatch watch;
    private boolean parsed;
    private @Nullable SmtpReply reply;

    /**
     * @param sender                the envelope sender, or null for the null reverse-path
     * @param mime                  the whole message; not copied, so not to be changed afterwards
     * @param messagesPerConnection as for {@link SmtpPoolClient#send}
     */
    public WireMessage(@Nullable EmailAddress sender, EmailAddress recipient, byte[] mime, int messagesPerConnection, EndOfDataWatch watch) {
        super((jakarta.mail.Session) null);
        this.sender = sender;
        this.recipient = recipient;
        this.mime = mime;
        this.messagesPerConnection = messagesPerConnection;
        this.watch = watch;
        setEnvelopeFrom(sender == null ? "<>" : sender.toString());
    }

    public @Nullable EmailAddress sender() {
        return sender;
    }

    public EmailAddress recipient() {
        return recipient;
    }

    /** The message itself, not a copy. */
    public byte[] mime() {
        return mime;
    }

    public int messagesPerConnection() {
        return messagesPerConnection;
    }

    public EndOfDataWatch watch() {
        return watch;
    }

    /** The 2xx reply to the end of data, or null before one came. */
    public @Nullable SmtpReply reply() {
        return reply;
    }

    public void accepted(SmtpReply positive) {
        this.reply = positive;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(mime);
    }

    /** Writes everything: what a finished message holds is what was meant to arrive. */
    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
        out.write(mime);
    }

    /** Does nothing: there is nothing to be saved, and a new Date or Message-ID would break the signature. */
    @Override
    public void saveChanges() {
    }

    @Override
    public @Nullable String getMessageID() {
        return HeaderLookup.find(mime, "Message-ID");
    }

    @Override
    public int getSize() {
        return mime.length;
    }

    @Override
    public Address[] getAllRecipients() throws MessagingException {
        InternetAddress address = new InternetAddress();
        address.setAddress(recipient.toString());
        return new Address[] {address};
    }

    @Override
    public String @Nullable [] getHeader(String name) throws MessagingException {
        parse();
        return super.getHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name, String delimiter) throws MessagingException {
        parse();
        return super.getHeader(name, delimiter);
    }

    @Override
    protected InputStream getContentStream() {
        int body = HeaderLookup.bodyStart(mime);
        return new ByteArrayInputStream(mime, body, mime.length - body);
    }

    private void parse() throws MessagingException {
        if (!parsed) {
            headers = new InternetHeaders(new ByteArrayInputStream(mime));
            parsed = true;
        }
    }

    @Override
    public String toString() {
        return "WireMessage to " + recipient + ", " + mime.length + " bytes";
    }

    /** Finds one header in raw bytes, without making objects of all. */
    private static final class HeaderLookup {
        private HeaderLookup() {
        }

        static @Nullable String find(byte[] mime, String name) {
            int end = bodyStart(mime);
            for (int start = 0; start < end; start = lineEnd(mime, start)) {
                if (isNamed(mime, start, name)) {
                    int stop = lineEnd(mime, start);
                    while (stop < end && (mime[stop] == ' ' || mime[stop] == '\t')) {
                        stop = lineEnd(mime, stop);
                    }
                    int value = start + name.length() + 1;
                    return new String(mime, value, stop - value, StandardCharsets.UTF_8).replaceAll("\\r?\\n[ \\t]+", " ").strip();
                }
            }
            return null;
        }

        private static boolean isNamed(byte[] mime, int start, String name) {
            if (start + name.length() >= mime.length || mime[start + name.length()] != ':') {
                return false;
            }
            for (int i = 0; i < name.length(); i++) {
                if (Character.toLowerCase((char) mime[start + i]) != Character.toLowerCase(name.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        static int bodyStart(byte[] mime) {
            int start = 0;
            while (start < mime.length) {
                int next = lineEnd(mime, start);
                if (mime[start] == '\n' || mime[start] == '\r' && next == start + 2) {
                    return next;
                }
                start = next;
            }
            return mime.length;
        }

        private static int lineEnd(byte[] mime, int start) {
            int at = start;
            while (at < mime.length && mime[at] != '\n') {
                at++;
            }
            return Math.min(mime.length, at + 1);
        }
    }
}
