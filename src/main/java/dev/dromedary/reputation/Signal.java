package dev.dromedary.reputation;

import dev.dromedary.outcome.Action;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Classification;

/** What an attempt or its recipient says of the sender. */
public enum Signal {
    /** The message was taken. */
    ACCEPTED,
    /** The provider slows the pool down: too much, too fast, too many connections. */
    DEFERRED,
    /** The provider refuses the pool's addresses, or takes the message for spam. */
    BLOCKED,
    /** The address is of no use: the list is to blame. */
    HARD_BOUNCE,
    /** The recipient called it spam; comes later than the delivery. */
    COMPLAINT,
    /** Nothing about the sender: a full mailbox, a fault of their machine, greylisting, a network's fault. */
    NEUTRAL;

    private static final String SPAM = "spamdetected";

    /** Of a refusal. */
    public static Signal of(Classification meaning) {
        if (meaning.category() == Category.DELIVERED) {
            return ACCEPTED;
        }
        if (meaning.action() == Action.REST_POOL || meaning.reason().equals(SPAM)) {
            return BLOCKED;
        }
        return switch (meaning.category()) {
            case DEFER_OTHER_POOL -> DEFERRED;
            case PERMANENT_RECIPIENT -> HARD_BOUNCE;
            case COMPLAINT -> COMPLAINT;
            case DELIVERED, DEFER_SAME_POOL, NETWORK_TRANSIENT, PERMANENT_MESSAGE, PERMANENT_POLICY, FAIL_NO_SUPPRESS, AUTO_REPLY -> NEUTRAL;
        };
    }
}
