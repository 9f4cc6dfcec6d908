package dev.dromedary.rehearsal;

import dev.dromedary.pace.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/** The simulated time. Not thread safe: a rehearsal has one thread. */
final class VirtualTime implements InstantSource, Ticker {
    private final Instant start;
    private long nanos;
    private Instant instant;

    VirtualTime(Instant start) {
        this.start = start;
        this.instant = start;
    }

    void advance(long to) {
        if (to > nanos) {
            nanos = to;
            instant = start.plusNanos(to);
        }
    }

    /** Since the start. */
    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return instant;
    }
}
