package dev.dromedary.rehearsal;

import dev.dromedary.pool.Contender;
import dev.dromedary.pool.PoolChooser;
import dev.dromedary.pool.RoomRequest;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import dev.dromedary.reputation.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The guide's own algorithm: the highest of half the reputation, 0.3 over the mean response time and minus 0.2 of the load. Its reputation is one
 * number a pool, moved once a minute by the failures since: over ten of them take a tenth, fewer than three give a twentieth back.
 */
final class SeedChooser implements PoolChooser, Learner {
    private static final double FASTEST_SECONDS = 0.1;
    private static final int MANY = 10;
    private static final int FEW = 3;

    private final Map<String, Standing> pools = new HashMap<>();

    private static final class Standing {
        private double reputation = 1;
        private double meanSeconds;
        private int failures;
    }

    @Override
    public int choose(List<? extends Contender> withRoom, RoomRequest request) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < withRoom.size(); i++) {
            Contender pool = withRoom.get(i);
            Standing standing = of(pool.id());
            double score = standing.reputation * 0.5 + 0.3 / Math.max(standing.meanSeconds, FASTEST_SECONDS) - 0.2 * pool.inFlight() / pool.maxConnections();
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }

    @Override
    public void learn(Evidence evidence) {
        Standing standing = of(evidence.pool());
        if (evidence.signal() == Signal.ACCEPTED) {
            standing.meanSeconds = standing.meanSeconds * 0.9 + evidence.took().toNanos() / 1e9 * 0.1;
        } else if (evidence.signal() != Signal.COMPLAINT) {
            standing.failures++;
        }
    }

    /** Its health check, once a minute, which finds every pool that can be reached. */
    void check() {
        for (Standing standing : pools.values()) {
            standing.failures = Math.max(0, standing.failures - 1);
            if (standing.failures > MANY) {
                standing.reputation = Math.max(0.1, standing.reputation - 0.1);
            } else if (standing.failures < FEW) {
                standing.reputation = Math.min(1, standing.reputation + 0.05);
            }
        }
    }

    private Standing of(String pool) {
        return pools.computeIfAbsent(pool, id -> new Standing());
    }
}
