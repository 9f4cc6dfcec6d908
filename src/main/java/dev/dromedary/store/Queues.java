package dev.dromedary.store;

import dev.dromedary.message.Envelope;
import dev.dromedary.message.PriorityClass;
import java.util.List;

/** The names of the broker's queues. */
public final class Queues {
    /** Where producers put submissions: the only queue open to anyone but ourselves. */
    public static final String SUBMIT = "mail.submit";
    public static final String EVENT = "mail.event";
    public static final String DEFERRED = "mail.deferred";
    /** Messages given up, on their way to the table of dead letters. */
    public static final String DEAD = "mail.dead";
    /** What attempts say about their recipients, on its way to the suppression list. */
    public static final String SUPPRESSION = "mail.suppression";
    /** Submissions from {@link #SUBMIT} that were refused, with the refusal in {@code drm_refusal}: a queue has no caller to tell. */
    public static final String REJECTED = "mail.rejected";
    /** The broker's own dead-letter address: what we could not even read. */
    public static final String UNREADABLE = "mail.dlq";
    private static final String LANE_PREFIX = "mail.lane.";

    /** All that exist from the start; lanes are made when first used. */
    static final List<String> FIXED = List.of(SUBMIT, EVENT, DEFERRED, DEAD, SUPPRESSION, REJECTED, UNREADABLE);

    private Queues() {
    }

    /** Of a provider's normal mail. @param provider id of a mailbox provider */
    public static String lane(String provider) {
        return LANE_PREFIX + provider;
    }

    /** The classes beside normal have the provider's queue name and their own. */
    public static String lane(String provider, PriorityClass priority) {
        return priority == PriorityClass.NORMAL ? lane(provider) : LANE_PREFIX + provider + "." + priority.id();
    }

    public static boolean isLane(String queue) {
        return queue.startsWith(LANE_PREFIX);
    }

    public static String lane(Envelope envelope) {
        return lane(envelope.provider(), PriorityClass.of(envelope.priority()));
    }
}
