package dev.dromedary.config;

import java.time.Duration;

/**
 * So many permits a period, written {@code 100/min}: units s, sec, m, min, h, hour, d, day, with an optional count as in {@code 1/10s}.
 *
 * @param permits 1 or more: a pause is a held lane or pool, never a rate of 0
 */
public record Rate(long permits, Duration period) {
    public Rate {
        if (permits < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("rate " + permits + " per " + period + ": write at least 1 per positive period; to stop a pool or lane, pause it");
        }
    }

    public double perSecond() {
        return permits / (period.toNanos() / 1e9);
    }
}
