package dev.dromedary.warning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A warning and the volume it takes away for a while. Immutable; all nodes that know it come to the same share at the same time.
 *
 * @param critical  whether a block is near
 * @param since     when it was raised
 * @param seen      when there was last something to warn of
 * @param level     steps down taken by {@code levelAt}; 0 where no volume is taken away
 * @param floor     share below which the steps do not go
 * @param perSecond messages a second before it, of which the shares are taken; {@code NaN} where not known
 * @param count     of {@code total} attempts lately
 * @param usual     share that was usual before; {@code NaN} where that makes no sense
 * @param earliest  when a block's threshold is reached if it all goes on, at the earliest; null where no trend says
 * @param ended     when somebody ended it, or null
 */
public record Warning(String id, WarningKind kind, boolean critical, String pool, String provider, Instant since, Instant seen, int level, Instant levelAt, double floor,
        double perSecond, long count, long total, double usual, @Nullable Instant earliest, @Nullable Instant expected, String cause, @Nullable Instant ended) {

    /** How volume goes down and comes back. @param shares going down */
    public record Steps(List<Double> shares, Duration every, Duration calm, Duration recoverEvery) {
        public Steps {
            shares = List.copyOf(shares);
        }
    }

    /** Down at the present, when steps back are counted off. */
    public int level(Steps steps, Instant now) {
        if (level == 0 || now.isBefore(seen.plus(steps.calm()))) {
            return level;
        }
        long back = 1 + Duration.between(seen.plus(steps.calm()), now).dividedBy(steps.recoverEvery());
        return (int) Math.max(0, level - back);
    }

    /** When nothing of it is left. */
    public Instant end(Steps steps) {
        Instant end = seen.plus(steps.calm()).plus(steps.recoverEvery().multipliedBy(Math.max(0, level - 1)));
        return ended != null && ended.isBefore(end) ? ended : end;
    }

    public boolean over(Steps steps, Instant now) {
        return !now.isBefore(end(steps));
    }

    /** Of the usual volume; 1 where none is taken away. */
    public double share(Steps steps, Instant now) {
        int down = over(steps, now) ? 0 : level(steps, now);
        return down == 0 || steps.shares().isEmpty() ? 1 : Math.max(floor, steps.shares().get(Math.min(down, steps.shares().size()) - 1));
    }

    public Duration lead(Instant now) {
        return expected == null || expected.isBefore(now) ? Duration.ZERO : Duration.between(now, expected);
    }

    Warning again(Finding finding, Instant now, int nextLevel, double nextFloor, Steps steps) {
        int down = level(steps, now);
        Instant at = nextLevel == down ? down == level ? levelAt : now : now;
        var crossing = finding.crossing();
        return new Warning(id, kind, critical || finding.critical(), pool, provider, since, now, nextLevel, at, nextFloor, perSecond, finding.count(), finding.total(), usual,
                crossing == null ? earliest : crossing.earliest(), crossing == null ? expected : crossing.expected(), finding.text(), ended);
    }

    public Warning ended(Instant now) {
        return new Warning(id, kind, critical, pool, provider, since, seen, level, levelAt, floor, perSecond, count, total, usual, earliest, expected, cause, now);
    }
}
