package dev.dromedary.rehearsal;

import dev.dromedary.pool.Contender;
import dev.dromedary.pool.PoolChooser;
import dev.dromedary.pool.RoomRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pool that was taken longest ago. */
final class RoundRobinChooser implements PoolChooser {
    private final Map<String, Long> taken = new HashMap<>();
    private long turn;

    @Override
    public int choose(List<? extends Contender> withRoom, RoomRequest request) {
        int first = 0;
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < withRoom.size(); i++) {
            long at = taken.getOrDefault(withRoom.get(i).id(), 0L);
            if (at < earliest) {
                earliest = at;
                first = i;
            }
        }
        taken.put(withRoom.get(first).id(), ++turn);
        return first;
    }
}
