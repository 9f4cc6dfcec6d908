package dev.dromedary.isolation;

import dev.dromedary.config.IsolationSettings;
import dev.dromedary.forecast.Proportion;
import dev.dromedary.reputation.Signal;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What became of the mail of one campaign, stream or sender. Attempts that came to nothing final do not count. For many threads, without a lock. */
final class Tally {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder bounced = new LongAdder();
    private final LongAdder blocked = new LongAdder();
    private final LongAdder complaints = new LongAdder();
    /** Once broken, nothing more counts until it is replaced. */
    final AtomicBoolean broken = new AtomicBoolean();
    final long since;
    long seenAtBeat;

    /** @param since seconds */
    Tally(long since) {
        this.since = since;
    }

    long decided() {
        return accepted.sum() + bounced.sum() + blocked.sum();
    }

    /** @return why it is broken, or null */
    @Nullable String count(Signal signal, int floor, IsolationSettings limits) {
        switch (signal) {
            case ACCEPTED -> {
                accepted.increment();
                return null;
            }
            case DEFERRED, NEUTRAL -> {
                return null;
            }
            case HARD_BOUNCE -> {
                bounced.increment();
                return over(bounced.sum(), decided(), floor, limits.bounceLimit(), limits.confidence(), "recipients unknown");
            }
            case BLOCKED -> {
                blocked.increment();
                return over(blocked.sum(), decided(), floor, limits.blockLimit(), limits.confidence(), "messages refused as spam or for the pool's sake");
            }
            case COMPLAINT -> {
                complaints.increment();
                long taken = Math.max(accepted.sum(), complaints.sum());
                return over(complaints.sum(), taken, limits.complaintFloor(), limits.complaintLimit(), limits.confidence(), "recipients complained");
            }
        }
        throw new IllegalStateException("unknown signal " + signal);
    }

    private static @Nullable String over(long count, long total, int floor, double limit, double confidence, String what) {
        // What other threads count meanwhile may be in one sum and not yet in the other.
        Proportion share = new Proportion(count, Math.max(count, total));
        if (share.total() < floor || share.share() <= limit) {
            return null;
        }
        double least = share.lower(confidence);
        return least <= limit ? null : String.format(Locale.ROOT, "paused: %,d of %,d %s (%s %%, at least %s %%), limit %s %%", count, share.total(), what, number(100 * share.share()), number(100 * least),
                number(100 * limit));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
