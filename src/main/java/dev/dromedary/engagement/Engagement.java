package dev.dromedary.engagement;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a recipient did.
 *
 * @param recipient address in lower case
 * @param message   id, or null where it is not known which
 * @param provider  of the recipient
 * @param stream    of the message, or null where that is not known
 * @param machine   whether whoever told of it knows that a program did it
 * @param sent      whether the message is known, which makes {@code delivered} mean something
 * @param delivered when the message was delivered, or null where it was not, or is not known
 */
public record Engagement(EngagementKind kind, String recipient, @Nullable String message, String provider, @Nullable String stream, Instant at, boolean machine,
        boolean sent, @Nullable Instant delivered) {

    /** How it counts. */
    public enum Standing { COUNTED, MACHINE, TOO_OLD, NO_EVIDENCE }

    /**
     * Providers and security programs fetch pictures and follow links as the mail arrives: what comes within the window after delivery says when we
     * sent, not when anybody read.
     *
     * @param oldest evidence from before is worth nothing any more
     */
    public Standing standing(Duration machineWindow, Instant oldest) {
        if (kind.weight() == 0) {
            return Standing.NO_EVIDENCE;
        }
        boolean early = sent && (delivered == null || at.isBefore(delivered.plus(machineWindow)));
        if (machine || kind.mechanical() && early) {
            return Standing.MACHINE;
        }
        return at.isBefore(oldest) ? Standing.TOO_OLD : Standing.COUNTED;
    }
}
