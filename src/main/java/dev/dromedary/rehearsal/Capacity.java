package dev.dromedary.rehearsal;

import dev.dromedary.config.Scenario;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much more traffic the pools of a scenario carry, found by rehearsing it at several volumes.
 *
 * @param times    the largest multiple of the scenario's traffic found to be carried, 0 where not even a sixteenth is
 * @param most     whether that is only the most that was tried
 * @param months   until the growth of the scenario brings more; null where it does not grow or {@code most} holds
 * @param provider whose mail was late first, beyond that; null where {@code most} holds
 */
public record Capacity(double times, boolean most, @Nullable Double months, @Nullable String provider) {
    /** Share of all mail that is to be delivered within an hour. */
    public static final double ENOUGH = 0.99;
    private static final double LEAST = 1 / 16.0;
    private static final double MOST = 16;
    private static final double NARROW = 1.1;

    /** Some eight rehearsals, each of up to {@value #MOST} times the scenario's traffic. */
    public static Capacity of(Scenario scenario, Policy policy, boolean withReactions) {
        double carried = 0;
        double tooMuch = 1;
        Result failed = run(scenario, tooMuch, policy, withReactions);
        if (enough(failed)) {
            while (enough(failed) && tooMuch < MOST) {
                carried = tooMuch;
                tooMuch *= 2;
                failed = run(scenario, tooMuch, policy, withReactions);
            }
            if (enough(failed)) {
                return new Capacity(tooMuch, true, null, null);
            }
        } else {
            double less = tooMuch / 2;
            Result tried = run(scenario, less, policy, withReactions);
            while (!enough(tried) && less > LEAST) {
                tooMuch = less;
                failed = tried;
                less /= 2;
                tried = run(scenario, less, policy, withReactions);
            }
            carried = enough(tried) ? less : 0;
        }
        while (carried > 0 && tooMuch / carried > NARROW) {
            double middle = Math.sqrt(carried * tooMuch);
            Result tried = run(scenario, middle, policy, withReactions);
            if (enough(tried)) {
                carried = middle;
            } else {
                tooMuch = middle;
                failed = tried;
            }
        }
        return new Capacity(carried, false, months(carried, scenario.growth()), latest(failed));
    }

    private static Result run(Scenario scenario, double times, Policy policy, boolean withReactions) {
        return new Rehearsal(scenario.times(times), policy, withReactions).run();
    }

    private static boolean enough(Result result) {
        return result.withinHour() >= ENOUGH;
    }

    private static @Nullable Double months(double times, double growth) {
        return growth == 0 ? null : times <= 1 ? Double.valueOf(0) : Double.valueOf(Math.log(times) / Math.log(1 + growth / 100));
    }

    private static @Nullable String latest(Result result) {
        return result.withinHourByProvider().entrySet().stream().min(Comparator.comparingDouble(Map.Entry::getValue)).map(Map.Entry::getKey).orElse(null);
    }
}
