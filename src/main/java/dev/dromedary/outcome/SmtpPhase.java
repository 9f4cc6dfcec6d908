package dev.dromedary.outcome;

/** Where in an SMTP conversation something happened, in the order of RFC 5321 section 3. */
public enum SmtpPhase {
    CONNECT, GREETING, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, END_OF_DATA, QUIT;

    /** True until the server was handed a recipient: another pool may then be tried with no word from the provider about the message. */
    public boolean beforeTransaction() {
        return ordinal() < MAIL.ordinal();
    }

    /** True until the server has been sent the end of data: the message cannot have been accepted yet. */
    public boolean beforeEndOfData() {
        return ordinal() < END_OF_DATA.ordinal();
    }
}
