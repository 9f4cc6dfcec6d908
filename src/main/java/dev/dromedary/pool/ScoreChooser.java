package dev.dromedary.pool;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws with odds of {@code weight x score^4}, so that a clearly better pool takes most of the mail while the others are still heard from.
 */
public final class ScoreChooser implements PoolChooser {
    private static final int SHARPNESS = 4;

    private final RandomGenerator random;

    public ScoreChooser(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int choose(List<? extends Contender> withRoom, RoomRequest request) {
        double[] odds = withRoom.stream().mapToDouble(pool -> pool.weight() * Math.pow(pool.score(request.provider()).total(), SHARPNESS)).toArray();
        double total = 0;
        for (double odd : odds) {
            total += odd;
        }
        double drawn = random.nextDouble() * total;
        for (int i = 0; i < odds.length; i++) {
            drawn -= odds[i];
            if (drawn < 0) {
                return i;
            }
        }
        return odds.length - 1;
    }
}
