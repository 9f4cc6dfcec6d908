package dev.dromedary.pool;

import dev.dromedary.config.ChoiceSettings;
import dev.dromedary.reputation.Reputation;
import dev.dromedary.reputation.Reputations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Takes the pool that the provider trusts most, as far as that is known: Thompson sampling, that is, each pool gets a draw from what its score may be, and the
 * highest draw wins. The draw is from the Beta distribution of the score, approximated as normal in its log odds, which stays within 0 and 1, is lopsided as
 * the Beta is, and needs one normal deviate. Evidence is discounted by the book, so that a pool that was bad is found out to be good again.
 *
 * <ul>
 * <li>Pools whose scores or draws are practically equal share the mail: of two drawn by weight, the one whose conversations cost clearly less, in
 * time and load, takes it (the power of two choices).
 * <li>Pools below the score of trust get no mail that way while there is one above.
 * <li>A fixed small share goes by weight to those passed over, so that they are still heard from. It is the most that distrusted pools get.
 * </ul>
 *
 * <p>Not thread safe: guarded by the board's lock.
 */
public final class TrustChooser implements PoolChooser {
    /** Costs that differ by less are equal: a conversation more or less, or some jitter. */
    private static final double CLEARLY_LESS = 0.75;
    /** A difference below is none, in seconds. */
    private static final double SHORTEST = 0.005;

    private final Reputations reputations;
    private final Ejections ejections;
    private final ChoiceSettings settings;
    private final RandomGenerator random;
    private double[] weights = new double[8];
    private double[] draws = new double[8];
    private Reputation[] known = new Reputation[8];
    private boolean[] near = new boolean[8];

    /** @param seed is asked for once: a secure generator would take longer than all the rest */
    public TrustChooser(Reputations reputations, Ejections ejections, ChoiceSettings settings, RandomGenerator seed) {
        this.reputations = reputations;
        this.ejections = ejections;
        this.settings = settings;
        this.random = new SplittableRandom(seed.nextLong());
    }

    @Override
    public int choose(List<? extends Contender> withRoom, RoomRequest request) {
        int count = withRoom.size();
        grow(count);
        look(withRoom, request.provider(), count);
        if (settings.explore() > 0 && random.nextDouble() < settings.explore()) {
            int passedOver = byWeight(count, false);
            if (passedOver >= 0) {
                return passedOver;
            }
        }
        int one = byWeight(count, true);
        int other = byWeight(count, true);
        return one == other || !costsLess(withRoom, other, one, request.provider()) ? one : other;
    }

    private void grow(int count) {
        if (weights.length < count) {
            weights = new double[count];
            draws = new double[count];
            known = new Reputation[count];
            near = new boolean[count];
        }
    }

    /** Finds out who is practically as good as the best. */
    private void look(List<? extends Contender> withRoom, String provider, int count) {
        double highest = 0;
        double lowest = 1;
        for (int i = 0; i < count; i++) {
            Contender pool = withRoom.get(i);
            known[i] = reputations.of(pool.id(), provider);
            weights[i] = pool.weight() * ejections.share(pool.id(), provider);
            highest = Math.max(highest, known[i].score());
            lowest = Math.min(lowest, known[i].score());
        }
        if (highest - lowest <= settings.equalWithin() && lowest >= settings.distrustedBelow()) {
            Arrays.fill(near, 0, count, true);
            return;
        }
        double least = highest >= settings.distrustedBelow() ? settings.distrustedBelow() : 0;
        int best = -1;
        for (int i = 0; i < count; i++) {
            draws[i] = known[i].score() < least ? -1 : draw(known[i]);
            best = best < 0 || draws[i] > draws[best] ? i : best;
        }
        for (int i = 0; i < count; i++) {
            near[i] = draws[i] >= 0 && (draws[i] >= draws[best] - settings.equalWithin() || known[i].score() >= known[best].score() - settings.equalWithin());
        }
    }

    private double draw(Reputation reputation) {
        return 1 / (1 + Math.exp(-(reputation.logOdds() + reputation.spread() * random.nextGaussian())));
    }

    /** @return -1 where there is none */
    private int byWeight(int count, boolean amongNear) {
        double total = 0;
        int last = -1;
        for (int i = 0; i < count; i++) {
            if (near[i] == amongNear) {
                total += weights[i];
                last = i;
            }
        }
        double drawn = last < 0 ? 0 : random.nextDouble() * total;
        for (int i = 0; i < last; i++) {
            if (near[i] == amongNear) {
                drawn -= weights[i];
                if (drawn < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    /** Load is conversations for the weight, so that of equal pools one with thrice the weight may have thrice as many. */
    private boolean costsLess(List<? extends Contender> withRoom, int a, int b, String provider) {
        Contender one = withRoom.get(a);
        Contender other = withRoom.get(b);
        double oneCosts = one.cost(provider);
        double otherCosts = other.cost(provider);
        boolean unknown = Double.isNaN(oneCosts) || Double.isNaN(otherCosts);
        double middle = (weights[a] + weights[b]) / 2;
        double oneLoad = (unknown ? 1 : Math.max(SHORTEST, oneCosts)) * (1 + one.inFlight() * middle / weights[a]);
        double otherLoad = (unknown ? 1 : Math.max(SHORTEST, otherCosts)) * (1 + other.inFlight() * middle / weights[b]);
        return oneLoad < otherLoad * CLEARLY_LESS;
    }
}
