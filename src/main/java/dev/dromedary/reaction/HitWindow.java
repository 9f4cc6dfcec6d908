package dev.dromedary.reaction;

import java.time.Instant;
import java.util.ArrayDeque;

/** The last matching replies, never more than the threshold counts. Guarded by its owner. */
final class HitWindow {
    private final ArrayDeque<Instant> hits = new ArrayDeque<>(2);

    /** @return true where this one reaches the threshold; a reply as old as the window no longer counts */
    boolean reached(Threshold threshold, Instant now) {
        hits.addLast(now);
        while (hits.size() > threshold.count() || !hits.getFirst().isAfter(now.minus(threshold.window())) && hits.size() > 1) {
            hits.removeFirst();
        }
        return hits.size() >= threshold.count();
    }
}
