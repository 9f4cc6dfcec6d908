package dev.dromedary.warmup;

import dev.dromedary.pace.Ceiling;
import dev.dromedary.reputation.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pool towards one provider: how far it is, what was sent on the day, and what is left of it for this node.
 *
 * <p>Safe for use by many threads; asking takes no lock.
 */
final class Warming {
    /** Other nodes have written by then what they sent before midnight. */
    static final Duration GRACE = Duration.ofSeconds(15);
    /** What others leave is divided again by then. */
    private static final Duration SHARED = Duration.ofSeconds(5);
    /** Late in the day it may go so much faster. */
    private static final double CATCH_UP = 2;
    /** A smaller change of the rate is not worth the while. */
    private static final double SAME = 0.02;

    private final WarmUpRules rules;
    private final int addresses;
    private final long spreadSeconds;
    private WarmUp state;
    private LocalDate today;
    /** Epoch second of its end, as every attempt is compared with it. */
    private long tomorrow;
    private DayCount own = DayCount.NONE;
    private DayCount others = DayCount.NONE;
    /** Of the day before today, or of the state's day where that is earlier. */
    private LocalDate earlier = LocalDate.MIN;
    private DayCount ownEarlier = DayCount.NONE;
    private DayCount othersEarlier = DayCount.NONE;
    private int nodes = 1;
    /** This node may send so many today, as far as it knows. */
    private long share;
    private boolean dirty;
    private double perSecond = Double.NaN;
    private volatile Ceiling ceiling = Ceiling.NONE;

    Warming(WarmUp state, WarmUpRules rules, int addresses, Duration spread, Instant now) {
        this.state = state;
        this.rules = rules;
        this.addresses = addresses;
        this.spreadSeconds = spread.toSeconds();
        this.today = day(now);
        this.tomorrow = start(today.plusDays(1)).getEpochSecond();
        divide();
        limit(now);
    }

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Ceiling ceiling() {
        return ceiling;
    }

    synchronized WarmUp state() {
        return state;
    }

    synchronized void count(Signal signal, Instant now) {
        if (!state.underWay()) {
            return;
        }
        roll(now);
        boolean attempt = signal != Signal.COMPLAINT;
        own = own.plus(new DayCount(attempt ? 1 : 0, signal == Signal.ACCEPTED ? 1 : 0, signal == Signal.DEFERRED ? 1 : 0, signal == Signal.BLOCKED ? 1 : 0, attempt ? 0 : 1));
        dirty = true;
        if (own.sent() >= share && ceiling.halt() == null) {
            limit(now);
        }
    }

    /** What is due by time. @return the new state, or null where it is the same */
    synchronized @Nullable WarmUp beat(Instant now) {
        roll(now);
        WarmUp before = state;
        while (state.underWay() && state.day().isBefore(today) && !now.isBefore(start(state.day().plusDays(1)).plus(GRACE))) {
            DayCount whole = state.day().equals(earlier) ? ownEarlier.plus(othersEarlier) : DayCount.NONE;
            state = rules.judged(state, whole, allowance());
        }
        WarmUp back = state.underWay() ? rules.steppedBack(state, own.plus(others), today) : null;
        state = back == null ? state : back;
        if (before != state) {
            divide();
        }
        limit(now);
        return before == state ? null : state;
    }

    private void roll(Instant now) {
        if (now.getEpochSecond() < tomorrow) {
            return;
        }
        LocalDate day = day(now);
        if (day.isAfter(today)) {
            earlier = today;
            ownEarlier = own;
            othersEarlier = others;
            own = DayCount.NONE;
            others = DayCount.NONE;
            today = day;
            tomorrow = start(day.plusDays(1)).getEpochSecond();
            dirty = true;
            divide();
        }
    }

    long allowance() {
        return rules.allowance(state.stage(), addresses);
    }

    /** What is left of the day is divided evenly among the nodes. */
    private void divide() {
        long left = Math.max(0, allowance() - own.sent() - others.sent());
        share = own.sent() + (left + nodes - 1) / nodes;
    }

    private void limit(Instant now) {
        if (!state.underWay()) {
            ceiling = Ceiling.NONE;
            return;
        }
        String stage = "warm-up stage " + state.stage() + " of " + rules.stages();
        if (today.isBefore(state.from())) {
            halt(start(state.from()), stage + " begins on " + state.from());
            return;
        }
        long sent = own.sent() + others.sent();
        String text = stage + ": " + sent + " of " + allowance() + " sent today";
        if (own.sent() >= share) {
            boolean all = sent >= allowance();
            halt(all ? start(today.plusDays(1)) : now.plus(SHARED), text + (all ? "" : ", this node its share"));
            return;
        }
        double even = (double) allowance() / spreadSeconds;
        double late = (allowance() - sent) / (double) Math.max(1, Duration.between(now, start(today.plusDays(1))).toSeconds());
        double fresh = Math.max(even, Math.min(late, CATCH_UP * even)) / nodes;
        if (!(Math.abs(fresh / perSecond - 1) <= SAME)) {
            perSecond = fresh;
        }
        ceiling = new Ceiling(null, perSecond, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, text);
    }

    private void halt(Instant until, String why) {
        ceiling = new Ceiling(new Ceiling.Halt(until, false, why), Double.POSITIVE_INFINITY, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, why);
    }

    /** Takes the state over where it is newer. */
    synchronized void replace(WarmUp fresh, Instant now) {
        if (fresh.version() >= state.version()) {
            state = fresh;
        }
        divide();
        limit(now);
    }

    /** What all nodes know. What this one wrote is there again after a restart. */
    synchronized void shared(SharedCount count, int liveNodes, Instant now) {
        roll(now);
        nodes = Math.max(1, liveNodes);
        if (count.day().equals(today)) {
            own = own.atLeast(count.own());
            others = count.others();
        } else if (count.day().equals(earlier) || count.day().equals(state.day()) && state.day().isBefore(today) && earlier.isBefore(state.day())) {
            earlier = count.day();
            ownEarlier = ownEarlier.atLeast(count.own());
            othersEarlier = count.others();
        }
        divide();
        limit(now);
    }

    /** What this node sent and did not write yet, of the day and the one before. */
    synchronized List<SharedCount> takeUnwritten() {
        if (!dirty) {
            return List.of();
        }
        dirty = false;
        var today = new SharedCount(state.pool(), state.provider(), this.today, own, others);
        return ownEarlier.sent() == 0 ? List.of(today) : List.of(new SharedCount(state.pool(), state.provider(), earlier, ownEarlier, othersEarlier), today);
    }

    synchronized void unwritten() {
        dirty = true;
    }

    synchronized WarmUpView view() {
        return new WarmUpView(state, allowance(), rules.stages(), own.plus(others), nodes, ceiling);
    }
}
