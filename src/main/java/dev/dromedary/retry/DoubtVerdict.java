package dev.dromedary.retry;

import dev.dromedary.config.DromedaryConfig.DoubtPolicy;
import dev.dromedary.config.DromedaryConfig.InDoubt;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Outcome;

/**
 * What becomes of a message where the end of data was sent and no answer came. The server may have taken it (RFC 5321 section 4.5.3.2.6,
 * RFC 1047), so each choice has its price, and the stream says which one is to be paid.
 */
public final class DoubtVerdict {
    /** Stands in for the category of a reply, as there was none. */
    public static final String CATEGORY = "in-doubt";

    private final InDoubt config;
    private final Verdict verdict;

    public DoubtVerdict(InDoubt config, Verdict verdict) {
        this.config = config;
        this.verdict = verdict;
    }

    public Outcome of(Envelope envelope, String pool, String why) {
        String reason = "in doubt: " + why;
        return switch (policy(envelope)) {
            case RETRY -> verdict.ofSilence(envelope, pool, reason);
            case HOLD -> new Outcome.HeldInDoubt(pool, reason);
            case ASSUME_DELIVERED -> new Outcome.DeliveredInDoubt(pool, reason);
        };
    }

    /** Whether it is worth remembering that the end of data was sent: only where the message is not simply sent again. */
    public boolean remembersStart(Envelope envelope) {
        return policy(envelope) != DoubtPolicy.RETRY;
    }

    private DoubtPolicy policy(Envelope envelope) {
        return config.streams().getOrDefault(envelope.stream(), config.usual());
    }
}
