package dev.dromedary.pool;

import java.util.List;

/** Takes one of several pools that have room. Called for every message under the board's lock, so it has to be quick. */
@FunctionalInterface
public interface PoolChooser {
    /** @param withRoom two or more; @return the index of the one to take */
    int choose(List<? extends Contender> withRoom, RoomRequest request);
}
