package dev.dromedary.smtp;

import dev.dromedary.outcome.SmtpReply;

/** Is told of the end of data on the thread that sends: what happens between the two calls is what can be in doubt. Must not throw. */
public interface EndOfDataWatch {
    EndOfDataWatch NONE = new EndOfDataWatch() {
        @Override
        public void aboutToSend() {
        }

        @Override
        public void answered(SmtpReply reply) {
        }
    };

    /** Right before the last octets are handed to the network. */
    void aboutToSend();

    /** Right after the reply to the end of data was read, whatever it says. */
    void answered(SmtpReply reply);
}
