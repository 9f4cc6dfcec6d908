package dev.dromedary.smtp;

import java.util.Locale;

/** What a conversation spends its time on, in order. Together they are all of it, but for the waits between messages. */
public enum SmtpStep {
    /** Looking up the host, and TCP. */
    CONNECT,
    /** The handshake, after STARTTLS or at once. */
    TLS,
    GREETING,
    /** Twice where STARTTLS lies between. */
    EHLO,
    AUTH,
    /** From sending the command until its reply; where commands are sent together (RFC 2920), each from the reply to the one before. */
    MAIL, RCPT, DATA,
    /** Sending the message, up to the end of data. */
    BODY,
    /** From the end of data until what the server makes of the message. */
    REPLY;

    private final String id = name().toLowerCase(Locale.ROOT);

    public String id() {
        return id;
    }
}
