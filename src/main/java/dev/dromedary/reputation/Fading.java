package dev.dromedary.reputation;

import dev.dromedary.config.ReputationSettings;
import java.util.function.ObjDoubleConsumer;

/**
 * Forward decay (G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu, ICDE 2009): instead of taking from what is old, what is new gets more weight, so that a count
 * is one addition and the exponential is computed once a second for all. Guarded by the lock of the book.
 */
final class Fading {
    /** Half-lives after which the landmark moves, long before a double overflows at 1,024. */
    private static final int MOST_HALF_LIVES = 256;

    private final double[] halfLives = new double[Evidences.GRIEVANCES.length];
    private final long[] landmarks = new long[halfLives.length];
    private final double[] weights = new double[halfLives.length];
    private long second;

    Fading(ReputationSettings settings, long second) {
        for (Grievance each : Evidences.GRIEVANCES) {
            halfLives[each.ordinal()] = Math.max(1, each.in(settings).halfLife().toSeconds());
            landmarks[each.ordinal()] = second;
            weights[each.ordinal()] = 1;
        }
        this.second = second;
    }

    /** @param moved told of each grievance whose sums have to be multiplied, and by what. Time does not go back. */
    void at(long now, ObjDoubleConsumer<Grievance> moved) {
        if (now <= second) {
            return;
        }
        second = now;
        for (Grievance each : Evidences.GRIEVANCES) {
            int i = each.ordinal();
            double halved = (now - landmarks[i]) / halfLives[i];
            if (halved > MOST_HALF_LIVES) {
                moved.accept(each, Math.pow(2, -halved));
                landmarks[i] = now;
                halved = 0;
            }
            weights[i] = Math.pow(2, halved);
        }
    }

    long second() {
        return second;
    }

    double weight(Grievance grievance) {
        return weights[grievance.ordinal()];
    }

    /** Of evidence of another time; what is ahead of our clock counts as of now. */
    double weightAt(Grievance grievance, long at) {
        int i = grievance.ordinal();
        return Math.pow(2, (Math.min(at, second) - landmarks[i]) / halfLives[i]);
    }
}
