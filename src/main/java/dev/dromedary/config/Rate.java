package dev.dromedary.config;

import java.time.Duration;
import java.util.List;

/**
 * So many permits a period, written {@code 100/min}: units s, sec, m, min, h, hour, d, day, with an optional count as in {@code 1/10s}.
 *
 * @param permits 1 or more: a pause is a held lane or pool, never a rate of 0
 */
public record Rate(long permits, Duration period) {
    private static final List<Unit> UNITS = List.of(new Unit(Duration.ofDays(1), "day", "d"), new Unit(Duration.ofHours(1), "h", "h"),
            new Unit(Duration.ofMinutes(1), "min", "m"), new Unit(Duration.ofSeconds(1), "s", "s"));

    public Rate {
        if (permits < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("rate " + permits + " per " + period + ": write at least 1 per positive period; to stop a pool or lane, pause it");
        }
    }

    public double perSecond() {
        return permits / (period.toNanos() / 1e9);
    }

    /** As it is written in the configuration. */
    @Override
    public String toString() {
        for (Unit unit : UNITS) {
            long count = period.dividedBy(unit.length());
            if (count > 0 && unit.length().multipliedBy(count).equals(period)) {
                return permits + "/" + (count == 1 ? unit.name() : count + unit.shortName());
            }
        }
        return permits + "/" + period.toMillis() + "ms";
    }

    private record Unit(Duration length, String name, String shortName) {
    }
}
