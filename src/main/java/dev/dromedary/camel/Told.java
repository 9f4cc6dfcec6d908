package dev.dromedary.camel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of an attempt to tell somebody of an alert. Each text is one line. */
sealed interface Told {
    /** It was taken. */
    record Sent(String answer) implements Told {
        public Sent {
            answer = OneLine.of(answer);
        }
    }

    /** @param notBefore when the receiver wants to be asked again, or null where it did not say */
    record Failed(String why, @Nullable Instant notBefore) implements Told {
        public Failed {
            why = OneLine.of(why);
        }

        Failed(String why) {
            this(why, null);
        }
    }

    /** The receiver wants no more. */
    record Gone(String why) implements Told {
        public Gone {
            why = OneLine.of(why);
        }
    }
}
