package dev.dromedary.pool;

import dev.dromedary.reputation.Reputations;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws with odds of {@code weight x score^4}, so that a clearly better pool takes most of the mail while the others are still heard from: the choice
 * where {@code choice.enabled} is false, and what others are compared with.
 */
public final class ScoreChooser implements PoolChooser {
    private static final int SHARPNESS = 4;
    private static final double ALIKE = 0.9;

    private final @Nullable Reputations reputations;
    private final RandomGenerator random;

    /** Of pools with the same reputation. */
    public ScoreChooser(RandomGenerator random) {
        this(null, random);
    }

    public ScoreChooser(@Nullable Reputations reputations, RandomGenerator random) {
        this.reputations = reputations;
        this.random = random;
    }

    @Override
    public int choose(List<? extends Contender> withRoom, RoomRequest request) {
        double[] odds = new double[withRoom.size()];
        double total = 0;
        for (int i = 0; i < odds.length; i++) {
            Contender pool = withRoom.get(i);
            odds[i] = pool.weight() * Math.pow(score(pool, request.provider()).total(), SHARPNESS);
            total += odds[i];
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

    private PoolScore score(Contender pool, String provider) {
        double reputation = reputations == null ? ALIKE : reputations.of(pool.id(), provider).score();
        return PoolScore.of(reputation, pool.meanSeconds(), pool.inFlight(), pool.maxConnections());
    }
}
