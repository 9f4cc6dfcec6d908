package dev.dromedary.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was noticed or done, as the database keeps it.
 *
 * @param kind  alert, warning, reaction or hold
 * @param what  the figure that an alert is of; empty for the others
 * @param end   when it was over, or is to be; null where it goes on
 * @param cause what was seen
 * @param done  what was done about it; empty where it only tells
 * @param ended by whom or why it ended early, or null
 */
public record Happening(String kind, String what, String severity, Instant at, @Nullable Instant end, Pair where, String cause, String done, @Nullable String ended) {
    public Happening(String kind, String severity, Instant at, @Nullable Instant end, Pair where, String cause, String done, @Nullable String ended) {
        this(kind, "", severity, at, end, where, cause, done, ended);
    }

    Instant until(Instant now) {
        return end == null || end.isAfter(now) ? now : end;
    }
}
