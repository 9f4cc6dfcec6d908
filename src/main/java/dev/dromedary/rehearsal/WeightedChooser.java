package dev.dromedary.rehearsal;

import dev.dromedary.pool.Contender;
import dev.dromedary.pool.PoolChooser;
import dev.dromedary.pool.RoomRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns by the configured weights, evenly mixed: each gains its weight, the one with most is taken and pays for all. */
final class WeightedChooser implements PoolChooser {
    private final Map<String, Integer> credit = new HashMap<>();

    @Override
    public int choose(List<? extends Contender> withRoom, RoomRequest request) {
        int best = 0;
        int most = Integer.MIN_VALUE;
        int total = 0;
        for (int i = 0; i < withRoom.size(); i++) {
            Contender pool = withRoom.get(i);
            total += pool.weight();
            int has = credit.merge(pool.id(), pool.weight(), Integer::sum);
            if (has > most) {
                most = has;
                best = i;
            }
        }
        credit.merge(withRoom.get(best).id(), -total, Integer::sum);
        return best;
    }
}
