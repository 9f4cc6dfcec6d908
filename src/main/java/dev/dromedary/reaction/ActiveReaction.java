package dev.dromedary.reaction;

import dev.dromedary.pace.Ceiling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One reaction under way. Immutable.
 *
 * @param rule      id of the rule that started it, which may be gone since
 * @param cause     text of the reply that started it, at most {@value #CAUSE_LIMIT} characters
 * @param start     when it started
 * @param holdUntil until when the action holds in full; the steps of the way back follow
 * @param usual     messages a second before it, of which the shares are taken; {@code NaN} where not known
 */
public record ActiveReaction(String id, String rule, String pool, String provider, ReactionAction action, List<RecoveryStep> recovery, String cause,
        Instant start, Instant holdUntil, double usual) {
    static final int CAUSE_LIMIT = 500;

    public ActiveReaction {
        recovery = List.copyOf(recovery);
        cause = cause.length() > CAUSE_LIMIT ? cause.substring(0, CAUSE_LIMIT) : cause;
    }

    /** When nothing of it is left. */
    public Instant end() {
        Instant end = holdUntil;
        for (RecoveryStep step : recovery) {
            end = end.plus(step.lasts());
        }
        return end;
    }

    public boolean ended(Instant now) {
        return !now.isBefore(end());
    }

    /** 0 while the action holds in full, then 1 for the first step back; one more than there are steps when it has ended. */
    public int step(Instant now) {
        int step = 0;
        while (step <= recovery.size() && !now.isBefore(until(step))) {
            step++;
        }
        return step;
    }

    /** The end of a step; of the last one, the end of it all. */
    public Instant until(int step) {
        Instant until = holdUntil;
        for (RecoveryStep one : recovery.subList(0, Math.min(step, recovery.size()))) {
            until = until.plus(one.lasts());
        }
        return until;
    }

    /** What holds now, in the words of the rules file. */
    public String stepText(Instant now) {
        int step = step(now);
        return step == 0 ? action.text() : step > recovery.size() ? "ended" : recovery.get(step - 1).text();
    }

    /** A further matching reply: it all begins again. */
    ActiveReaction again(Instant now, Duration lasts, String reply) {
        Instant hold = now.plus(lasts);
        return new ActiveReaction(id, rule, pool, provider, action, recovery, step(now) == 0 ? cause : reply, start, hold.isAfter(holdUntil) ? hold : holdUntil, usual);
    }

    Ceiling ceiling(Instant now) {
        int step = step(now);
        if (step > recovery.size()) {
            return Ceiling.NONE;
        }
        String why = stepText(now) + " by rule " + rule + " until " + until(step) + ": " + cause;
        return step == 0 ? inFull(why) : back(recovery.get(step - 1), why);
    }

    private Ceiling inFull(String why) {
        if (action instanceof ReactionAction.Suspend) {
            return halt(false, why);
        } else if (action instanceof ReactionAction.Bounce) {
            return halt(true, why);
        } else if (action instanceof ReactionAction.CutRate cut) {
            return share(cut.factor(), why);
        } else if (action instanceof ReactionAction.LimitRate limit) {
            return rate(limit.rate().perSecond(), why);
        } else if (action instanceof ReactionAction.LimitConnections limit) {
            return connections(limit.most(), 1, why);
        } else if (action instanceof ReactionAction.LimitMessages limit) {
            return new Ceiling(null, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, 1, limit.most(), why);
        }
        throw new IllegalStateException("unknown action " + action);
    }

    /** What was cut comes back; a suspension comes back in rate and in connections. */
    private Ceiling back(RecoveryStep step, String why) {
        if (step.connections() > 0) {
            return connections(step.connections(), 1, why);
        } else if (action instanceof ReactionAction.LimitConnections) {
            return connections(Integer.MAX_VALUE, step.share(), why);
        } else if (action instanceof ReactionAction.Suspend || action instanceof ReactionAction.Bounce) {
            return share(step.share(), why).and(connections(Integer.MAX_VALUE, step.share(), why));
        }
        return share(step.share(), why);
    }

    /** Without a rate to take the share of, connections have to stand for it. */
    private Ceiling share(double share, String why) {
        return Double.isNaN(usual) ? connections(Integer.MAX_VALUE, share, why) : rate(usual * share, why);
    }

    private Ceiling halt(boolean bounces, String why) {
        return new Ceiling(new Ceiling.Halt(holdUntil, bounces, why), Double.POSITIVE_INFINITY, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, why);
    }

    private static Ceiling rate(double perSecond, String why) {
        return new Ceiling(null, perSecond, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, why);
    }

    private static Ceiling connections(int most, double share, String why) {
        return new Ceiling(null, Double.POSITIVE_INFINITY, most, share, Integer.MAX_VALUE, why);
    }
}
