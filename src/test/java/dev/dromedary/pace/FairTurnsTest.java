package dev.dromedary.pace;

import static dev.dromedary.message.PriorityClass.BULK;
import static dev.dromedary.message.PriorityClass.NORMAL;
import static dev.dromedary.message.PriorityClass.URGENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.PriorityClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
    private final FairTurns turns = new FairTurns(new DromedaryConfig.Shares(16, 4, 1, 10));

    @Test
    void whereAllWaitEachGetsItsWeight() {
        assertThat(take(turns, 21_000, EnumSet.allOf(PriorityClass.class))).isEqualTo(Map.of(URGENT, 16_000, NORMAL, 4_000, BULK, 1_000));
    }

    @Test
    void whatOneDoesNotUseTheOthersDo() {
        assertThat(take(turns, 5_000, EnumSet.of(NORMAL, BULK))).isEqualTo(Map.of(NORMAL, 4_000, BULK, 1_000));
        assertThat(take(turns, 100, EnumSet.of(BULK))).isEqualTo(Map.of(BULK, 100));
    }

    @Test
    void idleTimeIsNotSavedUp() {
        take(turns, 10_000, EnumSet.of(NORMAL, BULK));
        turns.arrived(URGENT);
        assertThat(take(turns, 2_100, EnumSet.allOf(PriorityClass.class)).get(NORMAL)).isCloseTo(400, within(5));
    }

    @Test
    void whoComesAnewIsNextAndDoesNotWaitForABulkTurn() {
        take(turns, 1_000, EnumSet.of(BULK));
        turns.arrived(URGENT);
        assertThat(turns.order()).containsSubsequence(URGENT, BULK);
    }

    @Test
    void aClassKeptBackByALimitOfItsOwnCatchesUpByOneTurnAtMost() {
        turns.arrived(BULK);
        take(turns, 10_000, EnumSet.of(NORMAL));
        assertThat(take(turns, 500, EnumSet.of(NORMAL, BULK)).get(BULK)).isCloseTo(100, within(2));
    }

    /** No starvation: between two turns of a class that waits, the others have no more than their weights allow, and one turn each. */
    @Property(tries = 200)
    void everyClassThatWaitsIsServedAgainWithinItsShare(@ForAll @IntRange(min = 1, max = 100) int urgent, @ForAll @IntRange(min = 1, max = 100) int normal,
            @ForAll @IntRange(min = 1, max = 100) int bulk) {
        int[] weights = {urgent, normal, bulk};
        var fair = new FairTurns(new DromedaryConfig.Shares(urgent, normal, bulk, 0));
        int[] since = new int[3];
        for (int i = 0; i < 2_000; i++) {
            PriorityClass next = fair.order().get(0);
            fair.taken(next);
            for (PriorityClass each : PriorityClass.values()) {
                since[each.ordinal()] = each == next ? 0 : since[each.ordinal()] + 1;
                double bound = (double) Arrays.stream(weights).sum() / weights[each.ordinal()] + 2;
                assertThat(since[each.ordinal()]).as(each + " of " + List.of(urgent, normal, bulk)).isLessThanOrEqualTo((int) Math.ceil(bound));
            }
        }
    }

    private static Map<PriorityClass, Integer> take(FairTurns turns, int times, Set<PriorityClass> waiting) {
        var out = new EnumMap<PriorityClass, Integer>(PriorityClass.class);
        for (int i = 0; i < times; i++) {
            PriorityClass next = turns.order().stream().filter(waiting::contains).findFirst().orElseThrow();
            turns.taken(next);
            out.merge(next, 1, Integer::sum);
        }
        return out;
    }
}
