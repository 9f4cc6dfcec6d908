package dev.dromedary.outcome;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an attempt came to. */
public sealed interface Outcome {

    /** The pool that was tried last, or null where none could be. */
    @Nullable String pool();

    /** The server answered 250 to the end of data. */
    record Delivered(String pool, SmtpReply reply) implements Outcome {
    }

    /** To be tried again, not before {@code nextAttempt}. */
    record Deferred(@Nullable String pool, Category category, @Nullable SmtpReply reply, String reason, Instant nextAttempt) implements Outcome {
    }

    /** Permanently refused. */
    record Bounced(@Nullable String pool, Category category, @Nullable SmtpReply reply, String reason) implements Outcome {
    }

    /** Given up: out of retries or over its age. {@code lastReply} is what the last attempt heard. */
    record Expired(@Nullable String pool, @Nullable SmtpReply lastReply, String reason) implements Outcome {
    }

    /** The end of data was sent and no answer came; taken for delivered. */
    record DeliveredInDoubt(String pool, String reason) implements Outcome {
    }

    /** The end of data was sent and no answer came; kept for a person to decide. */
    record HeldInDoubt(String pool, String reason) implements Outcome {
    }

    /** Stopped by a fault of our own; kept for replay. */
    record Faulted(String reason) implements Outcome {
        @Override
        public @Nullable String pool() {
            return null;
        }
    }
}
