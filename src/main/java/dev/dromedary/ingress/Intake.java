package dev.dromedary.ingress;

import dev.dromedary.message.RefusedException;

/** Where an SMTP submission goes: the accept step behind every way in. Called by many threads at a time. */
@FunctionalInterface
public interface Intake {

    /**
     * Takes the responsibility for a message (RFC 5321 section 6.1): returns only after the durable enqueue.
     *
     * @return the id under which the message was queued, which the client is told
     * @throws RefusedException when the message cannot be accepted as it is; the client gets the code's SMTP reply
     */
    String accept(SmtpSubmission submission);
}
