package dev.dromedary.pace;

import dev.dromedary.config.Rate;
import org.jspecify.annotations.Nullable;

/**
 * A rate in the form the Throttler EIP takes it: whole permits a period of milliseconds.
 *
 * <p>The Throttler keeps one object a permit and gives each back a whole period later, so a long period means a burst and then a
 * stall: the shortest period that holds a whole number of permits is taken, at least {@value #SHORTEST_MILLIS} ms.
 *
 * @param permits 1 or more; a rate of 0 would block the lane's consumers for ever
 */
public record ThrottleWindow(long permits, long periodMillis) {
    private static final long SHORTEST_MILLIS = 1_000;
    private static final ThrottleWindow OPEN = new ThrottleWindow(10_000, SHORTEST_MILLIS);

    /** The window of a provider's ceiling; without one, a window wide enough that it never binds on one node. */
    public static ThrottleWindow of(@Nullable Rate rate) {
        if (rate == null) {
            return OPEN;
        }
        long millis = rate.period().toMillis();
        long divisor = gcd(rate.permits(), millis);
        long permits = rate.permits() / divisor;
        long period = millis / divisor;
        long times = Math.max(1, (SHORTEST_MILLIS + period - 1) / period);
        return new ThrottleWindow(permits * times, period * times);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
