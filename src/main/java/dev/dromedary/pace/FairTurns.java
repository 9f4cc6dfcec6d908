package dev.dromedary.pace;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.PriorityClass;
import java.util.Arrays;
import java.util.List;

/**
 * Whose turn it is where classes wait for the same thing: each gets its share by weight while it waits, and what one does not use the others do.
 *
 * <p>Start-time fair queueing (Goyal, Vin and Cheng, 1996): a turn costs a class one over its weight of virtual time, and the class that has
 * had the least goes first. A class that had nothing waiting starts at the present, so that idle time is not saved up; one kept
 * back by limits of its own catches up by one turn of the lightest class at most.
 *
 * <p>Not thread safe.
 */
public final class FairTurns {
    private static final PriorityClass[] CLASSES = PriorityClass.values();

    private final double[] cost = new double[CLASSES.length];
    private final double[] start = new double[CLASSES.length];
    private final double longestCost;
    private double now;

    public FairTurns(DromedaryConfig.Shares shares) {
        for (PriorityClass each : CLASSES) {
            cost[each.ordinal()] = 1.0 / shares.weight(each);
        }
        longestCost = Arrays.stream(cost).max().orElseThrow();
    }

    /** From no one waiting to someone. */
    public void arrived(PriorityClass waiting) {
        start[waiting.ordinal()] = Math.max(start[waiting.ordinal()], now);
    }

    public void taken(PriorityClass served) {
        int i = served.ordinal();
        start[i] = Math.max(start[i], now - longestCost);
        now = Math.max(now, start[i]);
        start[i] += cost[i];
    }

    /** All classes, the one whose turn it is first; of equals the more urgent. */
    public List<PriorityClass> order() {
        // Three need no more than an insertion sort, and this is asked often.
        PriorityClass[] order = CLASSES.clone();
        for (int i = 1; i < order.length; i++) {
            for (int j = i; j > 0 && start[order[j].ordinal()] < start[order[j - 1].ordinal()]; j--) {
                PriorityClass later = order[j - 1];
                order[j - 1] = order[j];
                order[j] = later;
            }
        }
        return List.of(order);
    }
}
