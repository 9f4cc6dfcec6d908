package dev.dromedary.warning;

import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one pool's attempts at one provider came to, by the minute, for a bounded while. {@link #count} is for many threads and takes no lock; all else is for one.
 */
final class SeriesWindow {
    /** Logarithms to base 2 in steps of this, so that whole numbers can be added. */
    private static final int FINE = 10;
    private static final int FIGURES = Figure.values().length;

    enum Figure { ATTEMPTS, DEFERRED, BLOCKED, BOUNCED, COMPLAINTS, TIMED, LOG_TOOK }

    private final LongAdder[] now = new LongAdder[FIGURES];
    private final long[] taken = new long[FIGURES];
    private final long[][] minutes;
    private long minute = Long.MIN_VALUE;
    private long firstMinute;

    SeriesWindow(int kept) {
        minutes = new long[FIGURES][kept];
        for (int i = 0; i < FIGURES; i++) {
            now[i] = new LongAdder();
        }
    }

    void count(Evidence evidence) {
        if (evidence.signal() == Signal.COMPLAINT) {
            now[Figure.COMPLAINTS.ordinal()].increment();
            return;
        }
        now[Figure.ATTEMPTS.ordinal()].increment();
        switch (evidence.signal()) {
            case DEFERRED -> now[Figure.DEFERRED.ordinal()].increment();
            case BLOCKED -> now[Figure.BLOCKED.ordinal()].increment();
            case HARD_BOUNCE -> now[Figure.BOUNCED.ordinal()].increment();
            case ACCEPTED -> {
                long nanos = nanos(evidence.took());
                if (nanos > 0) {
                    now[Figure.TIMED.ordinal()].increment();
                    now[Figure.LOG_TOOK.ordinal()].add(log2(nanos));
                }
            }
            case COMPLAINT, NEUTRAL -> { }
        }
    }

    private static long nanos(Duration took) {
        return took.getSeconds() > 3_600 ? 3_600_000_000_000L : took.getSeconds() * 1_000_000_000L + took.getNano();
    }

    /** Of the logarithm its whole part, and between two powers a straight line: at most 0.09 off. */
    private static long log2(long nanos) {
        int whole = 63 - Long.numberOfLeadingZeros(nanos);
        long part = whole >= FINE ? nanos >>> whole - FINE : nanos << FINE - whole;
        return ((long) whole << FINE) + part - (1L << FINE);
    }

    /** Ends the minutes before this one. Attempts since the last call count for the one just ended. */
    void roll(long current) {
        if (minute == Long.MIN_VALUE) {
            minute = current;
            firstMinute = current;
        }
        if (current <= minute) {
            return;
        }
        int kept = minutes[0].length;
        for (long ended = Math.max(minute, current - kept); ended < current; ended++) {
            for (int i = 0; i < FIGURES; i++) {
                minutes[i][(int) (ended % kept)] = ended == current - 1 ? fresh(i) : 0;
            }
        }
        minute = current;
    }

    private long fresh(int figure) {
        long all = now[figure].sum();
        long since = all - taken[figure];
        taken[figure] = all;
        return since;
    }

    /** @param from the oldest minute, as minutes ago; @param to the latest, from 1, the one that ended last */
    long sum(Figure figure, int from, int to) {
        long sum = 0;
        int kept = minutes[0].length;
        for (long m = Math.max(minute - Math.min(from, kept), firstMinute); m <= minute - to; m++) {
            sum += minutes[figure.ordinal()][(int) (m % kept)];
        }
        return sum;
    }

    /** Minutes since it was first looked at, at most as many as are kept. */
    int age() {
        return (int) Math.min(minutes[0].length, minute - firstMinute);
    }

    /** The logarithm to base 2 of the typical time to take a message, in nanoseconds (that is, of a geometric mean); {@code NaN} where none was taken. */
    double logTook(int from, int to) {
        long timed = sum(Figure.TIMED, from, to);
        return timed == 0 ? Double.NaN : (double) sum(Figure.LOG_TOOK, from, to) / timed / (1 << FINE);
    }
}
