package dev.dromedary.rehearsal;

import dev.dromedary.outcome.Classification;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.RetryHint;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.reputation.Signal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated server says, and what the production's rules make of it.
 *
 * @param reply   null where the connection failed or the answer to the end of data was lost
 * @param hint  the wait that the reply names, or null
 * @param doubt   whether the message was taken and the answer lost
 */
record Answer(Kind kind, @Nullable SmtpReply reply, @Nullable Classification meaning, Signal signal, @Nullable Duration hint, boolean doubt) {
    enum Kind { TAKEN, LOST, NO_CONNECTION, OVER_RATE, SUSPECT, BLOCKED, UNKNOWN, SPAM, GREYLISTED, BUSY, AWAY }

    boolean taken() {
        return kind == Kind.TAKEN || kind == Kind.LOST;
    }

    static Answer of(Kind kind, SmtpReply reply, ReplyClassifier classifier, String provider) {
        Classification meaning = classifier.classify(reply, provider);
        return new Answer(kind, reply, meaning, Signal.of(meaning), RetryHint.parse(reply.text()).orElse(null), false);
    }

    static Answer silence(Kind kind) {
        return new Answer(kind, null, null, Signal.NEUTRAL, null, kind == Kind.LOST);
    }
}
