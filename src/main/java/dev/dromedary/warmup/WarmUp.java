package dev.dromedary.warmup;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a pool is towards a provider. Immutable. Days are of UTC.
 *
 * @param configured  whether the configuration began it, rather than an operator
 * @param from        the day that it began or will begin
 * @param stage       from 1
 * @param day         the day that is under way, or that is not judged yet
 * @param partial     the day began at another stage, or in the middle, so that it does not count
 * @param stalled     days in a row that did not suffice for the next stage
 * @param idle        days in a row on which nothing was sent
 * @param steppedBack the day of the last step back
 * @param note        what happened last, and why
 * @param version     one more with every change
 */
public record WarmUp(String pool, String provider, boolean configured, LocalDate from, int stage, Status status, LocalDate day, boolean partial, int stalled, int idle,
        @Nullable LocalDate steppedBack, String note, long version) {

    public enum Status {
        RUNNING,
        /** It stays on its stage, and goes on sending at it. */
        HELD,
        FINISHED,
        STOPPED;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static WarmUp begun(String pool, String provider, boolean configured, LocalDate from, int stage, LocalDate today, boolean partial) {
        LocalDate day = from.isAfter(today) ? from : today;
        return new WarmUp(pool, provider, configured, from, stage, Status.RUNNING, day, partial && day.equals(today), 0, 0, null, "begun at stage " + stage, 1);
    }

    /** Whether it limits what is sent. */
    public boolean underWay() {
        return status == Status.RUNNING || status == Status.HELD;
    }

    /** It stays on its stage until it is resumed. */
    public WarmUp held(String why) {
        return with(stage, Status.HELD, day, partial, stalled, why);
    }

    /** It goes on where it was. */
    public WarmUp resumed(String why) {
        return with(stage, Status.RUNNING, day, partial, 0, why);
    }

    /** The day does not count. @param to 1 or more */
    public WarmUp atStage(int to, String why) {
        return with(to, underWay() ? status : Status.RUNNING, day, true, 0, why);
    }

    /** It limits nothing any more. */
    public WarmUp stopped(String why) {
        return with(stage, Status.STOPPED, day, partial, stalled, why);
    }

    WarmUp with(int newStage, Status newStatus, LocalDate newDay, boolean newPartial, int newStalled, String why) {
        return new WarmUp(pool, provider, configured, from, newStage, newStatus, newDay, newPartial, newStalled, idle, steppedBack, why, version + 1);
    }

    WarmUp back(LocalDate today, String why) {
        return new WarmUp(pool, provider, configured, from, Math.max(1, stage - 1), status, day, true, 0, 0, today, why, version + 1);
    }

    WarmUp idle(int days, int newStage, String why) {
        return new WarmUp(pool, provider, configured, from, newStage, status, day.plusDays(1), false, stalled, days, steppedBack, why, version + 1);
    }
}
