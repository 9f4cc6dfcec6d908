package dev.dromedary.warmup;

import dev.dromedary.config.WarmUpSettings;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What becomes of a warm-up: a pure function of what was sent. */
final class WarmUpRules {
    private final WarmUpSettings settings;

    WarmUpRules(WarmUpSettings settings) {
        this.settings = settings;
    }

    int stages() {
        return settings.stages().size();
    }

    /** Messages a day. @param addresses that the pool sends from, each of which warms up; 1 or more */
    long allowance(int stage, int addresses) {
        return (long) settings.stages().get(Math.max(1, Math.min(stage, stages())) - 1) * addresses;
    }

    /** The day of the warm-up is over. @param count all that was sent on it, by all nodes */
    WarmUp judged(WarmUp one, DayCount count, long allowance) {
        LocalDate next = one.day().plusDays(1);
        String day = one.day() + " at stage " + one.stage() + " (" + allowance + " a day): " + count.text();
        if (one.status() == WarmUp.Status.HELD) {
            return one.with(one.stage(), one.status(), next, false, one.stalled(), one.note());
        }
        if (count.sent() == 0) {
            int idle = one.idle() + 1;
            return idle < settings.idleDays() ? one.idle(idle, one.stage(), one.note()) : one.idle(0, 1, "nothing was sent on " + idle + " days: starts again");
        }
        if (one.partial()) {
            return one.idle(0, one.stage(), day + "; it began on that day, which does not count");
        }
        if (sufficed(count, allowance)) {
            boolean last = one.stage() == stages();
            return one.idle(0, one.stage(), "").with(last ? one.stage() : one.stage() + 1, last ? WarmUp.Status.FINISHED : one.status(), next, false, 0,
                    day + "; " + (last ? "finished" : "on to stage " + (one.stage() + 1)));
        }
        int stalled = one.stalled() + 1;
        boolean off = stalled >= settings.stalledDays();
        return one.idle(0, one.stage(), "").with(one.stage(), off ? WarmUp.Status.HELD : one.status(), next, false, stalled,
                day + "; " + (off ? stalled + " days in a row did not suffice: held" : "stays, day " + stalled));
    }

    private boolean sufficed(DayCount count, long allowance) {
        return 100 * count.accepted() >= settings.delivered() * allowance && 100 * count.accepted() >= settings.delivered() * count.sent()
                && 100 * count.deferred() <= settings.deferred() * count.sent();
    }

    /** One stage back where the provider blocks or its users complain, once a day. @return null where there is no reason */
    @Nullable WarmUp steppedBack(WarmUp one, DayCount today, LocalDate now) {
        if (one.status() != WarmUp.Status.RUNNING || now.equals(one.steppedBack())) {
            return null;
        }
        boolean blocked = today.blocked() >= settings.evidence() && 100.0 * today.blocked() > settings.blocked() * today.sent();
        boolean complained = today.complaints() >= settings.evidence() && 100.0 * today.complaints() > settings.complaints() * today.accepted();
        return blocked || complained ? one.back(now, now + " at stage " + one.stage() + ": " + today.text() + "; a step back") : null;
    }
}
