package dev.dromedary.pool;

import java.time.Duration;

/** What came of asking for a pool with room. */
public sealed interface Choice {

    /** Room was found and reserved; the permit must be ended exactly once. */
    record Taken(Permit permit) implements Choice {
    }

    /** Pools could be reached but none has room.
     * @param untilRoom an estimate: a rate's next permit, or a short while where a connection must end first
     * @param provider  whether it is the provider's own ceiling, so that no mail of the lane could go */
    record Full(Duration untilRoom, String binding, boolean provider) implements Choice {
        Full(Duration untilRoom, String binding) {
            this(untilRoom, binding, false);
        }
    }

    /** Every pool that was left is unhealthy. @param untilTrial when the first may be tried again */
    record Unreachable(Duration untilTrial, String why) implements Choice {
    }

    /**
     * Providers' reactions let nothing through any pool that can be reached.
     *
     * @param untilOpen until the first lets mail through again
     * @param bounces   true where all of them say that such mail is to be given up
     */
    record Halted(Duration untilOpen, boolean bounces, String why) implements Choice {
    }

    /** Every pool of the route was tried for this message. */
    record Exhausted() implements Choice {
    }
}
