package dev.dromedary.smtp;

import dev.dromedary.outcome.SmtpPhase;

/** Hears how long conversations took, and what becomes of connections. Called on the sending thread: implementations return at once and never throw. */
public interface SmtpTimings {

    /** Hears nothing. */
    SmtpTimings NONE = new SmtpTimings() {
    };

    /** From the first SYN until the server was ready for MAIL: greeting, EHLO, TLS and AUTH included. */
    default void connected(long nanos) {
    }

    /** No connection came of it. @param at where it ended */
    default void failed(SmtpPhase at) {
    }

    /** A connection that was kept carries another message. */
    default void reused() {
    }

    default void closed(CloseReason reason) {
    }

    /** However the step ended, well or not. */
    default void step(SmtpStep step, long nanos) {
    }

    /**
     * From MAIL until the reply to the end of data, or until the refusal or fault that came before it.
     *
     * @param reached where the transaction ended
     */
    default void transaction(SmtpPhase reached, boolean accepted, long nanos) {
    }
}
