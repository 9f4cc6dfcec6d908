package dev.dromedary.pace;

import dev.dromedary.config.AdaptivePaceSettings;
import dev.dromedary.reputation.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pace of one pool towards one provider. While it is free it only counts. See {@link AdaptivePace} for what it does and why.
 *
 * <p>Safe for use by many threads; asking takes no lock.
 */
final class PairPace {
    /** The provider's answers say how much it takes; a little less than that is sure to be below it. */
    private static final double BELOW_CAPACITY = 0.9;
    /** However little a provider takes in one minute, the pace is cut to no less than this of itself at a time. */
    private static final double DEEPEST_CUT = 0.1;
    /** Where the provider took less than one in so many, what it took does not tell its limit: it refuses us at any pace. */
    private static final int REFUSES_ALL = 10;
    /** Evidence where there are few messages. */
    private static final int FEW = 3;
    /** A pace of so many times what is sent holds nothing back. */
    private static final double WELL_ABOVE = 2;
    /** Connections are cut with the pace, but less, as conversations do not all take equally long. */
    private static final double SPARE_CONNECTIONS = 1.5;

    private static final int LONGEST_WORDS = 200;

    private final String pool;
    private final String provider;
    private final double hard;
    private final double floor;
    private final AdaptivePaceSettings settings;
    private final RecentAttempts recent = new RecentAttempts();
    private final long cutEvery;
    private final long raiseEvery;
    private final long probeEvery;
    private double pace = Double.POSITIVE_INFINITY;
    /** What was sent before the first cut. */
    private double usual;
    /** What the provider takes, as far as is known. */
    private double limit;
    private boolean cutBefore;
    private long cutAt;
    private long changedAt;
    private String evidence = "";
    /** Of the last refusal. */
    private volatile String words = "";
    private volatile Ceiling ceiling = Ceiling.NONE;

    /** @param hard messages a second that the configuration allows; infinite where it says nothing */
    PairPace(String pool, String provider, double hard, AdaptivePaceSettings settings) {
        this.pool = pool;
        this.provider = provider;
        this.hard = hard;
        this.floor = Math.min(hard, settings.floor().perSecond());
        this.settings = settings;
        this.cutEvery = settings.cutEvery().toNanos();
        this.raiseEvery = settings.raiseEvery().toNanos();
        this.probeEvery = settings.probeEvery().toNanos();
    }

    Ceiling ceiling() {
        return ceiling;
    }

    void heard(String reply) {
        words = reply;
    }

    String pool() {
        return pool;
    }

    String provider() {
        return provider;
    }

    /**
     * @param took  how long the attempt took, in nanoseconds
     * @param clock asked where the pace is cut
     * @return the cut, or null
     */
    synchronized @Nullable PaceChange attempted(Signal signal, long took, long now, InstantSource clock) {
        if (cutBefore && now - took < cutAt) {
            // It was under way when the pace was cut, so it says nothing of the new one.
            return null;
        }
        switch (signal) {
            case ACCEPTED, HARD_BOUNCE -> recent.taken(now);
            case DEFERRED -> recent.deferred(now);
            case BLOCKED -> recent.blocked(now);
            case NEUTRAL, COMPLAINT -> {
                return null;
            }
        }
        boolean bad = signal == Signal.DEFERRED || signal == Signal.BLOCKED;
        return bad && speaks() && (!cutBefore || now - cutAt >= cutEvery) ? cut(now, clock.instant()) : null;
    }

    private boolean speaks() {
        int refused = recent.refused();
        int total = recent.total();
        return refused >= settings.evidence() && aboveTolerance() || refused >= Math.min(FEW, settings.evidence()) && 2 * refused >= total;
    }

    private boolean aboveTolerance() {
        return 100L * recent.refused() > (long) settings.tolerance() * recent.total();
    }

    private @Nullable PaceChange cut(long now, Instant at) {
        double from = Math.min(pace, recent.perSecond(now));
        double taken = recent.takenPerSecond(now);
        boolean blocked = 2 * recent.blocked() >= recent.refused();
        double factor = blocked ? settings.cutBlocked() : settings.cut();
        double to = Math.min(hard, Math.max(floor, Math.max(DEEPEST_CUT * from, Math.min(factor * from, BELOW_CAPACITY * taken))));
        if (free()) {
            usual = Math.max(from, floor);
            limit = usual;
        }
        if (!blocked && recent.refused() < recent.total() - recent.total() / REFUSES_ALL) {
            limit = Math.max(taken, floor);
        }
        String seen = recent.refused() + " of " + recent.total() + " were " + (recent.blocked() == 0 ? "deferred" : recent.blocked() == recent.refused() ? "blocked" : "deferred or blocked");
        cutBefore = true;
        cutAt = now;
        changedAt = now;
        recent.clear();
        if (to >= pace) {
            return null;
        }
        double before = pace;
        evidence = "cut from " + PaceText.of(from) + " at " + at.truncatedTo(ChronoUnit.SECONDS) + " after " + seen + (words.isEmpty() ? "" : ": " + words.substring(0, Math.min(words.length(), LONGEST_WORDS)));
        set(to);
        return new PaceChange(pool, provider, PaceChange.Kind.CUT, Double.isInfinite(before) ? from : before, to, ceiling.why());
    }

    /** Raises the pace where it is time to. @return the change, or null */
    synchronized @Nullable PaceChange raise(long now) {
        if (free() || now - changedAt < raiseEvery || aboveTolerance() && recent.perSecond(now) > 0) {
            return null;
        }
        double before = pace;
        double step = settings.raiseBy() / 100.0 * Math.max(limit, pace);
        double next = pace + Math.min(pace, step);
        if (next > limit && now - cutAt < probeEvery) {
            next = limit;
        }
        if (next >= hard || pace >= usual && pace >= WELL_ABOVE * recent.perSecond(now)) {
            set(Double.POSITIVE_INFINITY);
            return new PaceChange(pool, provider, PaceChange.Kind.FREED, before, pace, "free again: " + evidence);
        }
        if (next <= pace) {
            return null;
        }
        changedAt = now;
        set(next);
        return new PaceChange(pool, provider, PaceChange.Kind.RAISED, before, next, ceiling.why());
    }

    private boolean free() {
        return Double.isInfinite(pace);
    }

    private void set(double fresh) {
        pace = fresh;
        ceiling = free() ? Ceiling.NONE : new Ceiling(null, pace, Integer.MAX_VALUE, Math.min(1, SPARE_CONNECTIONS * pace / usual), Integer.MAX_VALUE,
                "adaptive pace " + PaceText.of(pace) + ", " + evidence);
    }
}
