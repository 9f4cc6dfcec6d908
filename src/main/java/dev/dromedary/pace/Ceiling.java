package dev.dromedary.pace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a pool towards a provider at one moment, below what the configuration allows.
 *
 * @param halt            null where mail may go
 * @param perSecond       messages a second; infinite where nothing says
 * @param connections     at a time; {@link Integer#MAX_VALUE} where nothing says
 * @param connectionShare of those that the configuration allows; 1 where nothing says
 * @param messages        over one connection; {@link Integer#MAX_VALUE} where nothing says
 * @param why             of what binds: what holds it back, until when, and the evidence
 */
public record Ceiling(@Nullable Halt halt, double perSecond, int connections, double connectionShare, int messages, String why) {
    public static final Ceiling NONE = new Ceiling(null, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, "");

    /** @param bounces true where mail that no other pool may take is given up rather than kept */
    public record Halt(Instant until, boolean bounces, String why) {
        private Halt and(@Nullable Halt other) {
            if (other == null) {
                return this;
            }
            Halt later = other.until.isAfter(until) ? other : this;
            return new Halt(later.until, bounces || other.bounces, later.why);
        }
    }

    /** The strictest of both, in each respect. */
    public Ceiling and(Ceiling other) {
        if (this == NONE) {
            return other;
        }
        if (other == NONE) {
            return this;
        }
        return new Ceiling(halt == null ? other.halt : halt.and(other.halt), Math.min(perSecond, other.perSecond), Math.min(connections, other.connections),
                Math.min(connectionShare, other.connectionShare), Math.min(messages, other.messages), why.isEmpty() || why.equals(other.why) ? other.why : why + "; " + other.why);
    }

    /** @param configured connections without reactions; @return at least 1 */
    public int connectionsOf(int configured) {
        double shared = connectionShare >= 1 ? configured : Math.ceil(configured * connectionShare);
        return (int) Math.max(1, Math.min(Math.min(connections, configured), shared));
    }
}
