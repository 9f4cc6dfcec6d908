package dev.dromedary.smtp;

import dev.dromedary.outcome.SmtpPhase;

/** Hears how long conversations took. Called on the sending thread: implementations return at once and never throw. */
public interface SmtpTimings {

    /** Hears nothing. */
    SmtpTimings NONE = new SmtpTimings() {
        @Override
        public void connected(long nanos) {
        }

        @Override
        public void transaction(SmtpPhase reached, boolean accepted, long nanos) {
        }
    };

    /** From the first SYN until the server was ready for MAIL: greeting, EHLO, TLS and AUTH included. */
    void connected(long nanos);

    /**
     * From MAIL until the reply to the end of data, or until the refusal or fault that came before it.
     *
     * @param reached where the transaction ended
     */
    void transaction(SmtpPhase reached, boolean accepted, long nanos);
}
