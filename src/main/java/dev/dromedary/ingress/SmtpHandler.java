package dev.dromedary.ingress;

import dev.dromedary.message.EmailAddress;

/** What an {@link SmtpServer} does with mail. Called by many threads at a time; a call may block its own conversation. */
public interface SmtpHandler {

    /** Answers RCPT for an address that is well formed; a 2xx code adds it to the transaction. */
    SmtpAnswer recipient(EmailAddress to);

    /** Answers the end of data. A 2xx code means that the message is kept safe. */
    SmtpAnswer message(SmtpSubmission submission);
}
