package dev.dromedary.reputation;

import dev.dromedary.config.ReputationSettings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The evidence about one subject and provider: of each grievance the bad and the attempts, and the accepted messages, as sums of weights that {@link Fading}
 * gives. Its own node's is kept apart from that of others. Guarded by the lock of the book.
 */
final class Evidences {
    static final Grievance[] GRIEVANCES = Grievance.values();
    /** It decays with the blocks, whose attempts are the volume that trust goes by. */
    static final int ACCEPTED = 2 * GRIEVANCES.length;
    static final int SIZE = ACCEPTED + 1;

    private final double[] own = new double[SIZE];
    private final double[] others = new double[SIZE];
    private long heardAt;
    private boolean unwritten;
    /** What was last made of it, and at which second; null where something bad was heard since. */
    private volatile Made made = Made.NOTHING;

    /** A reputation at one second. */
    record Made(long second, @Nullable Reputation reputation) {
        static final Made NOTHING = new Made(Long.MIN_VALUE, null);
    }

    static int bad(Grievance grievance) {
        return grievance.ordinal();
    }

    static int attempts(Grievance grievance) {
        return GRIEVANCES.length + grievance.ordinal();
    }

    /** The grievance whose half-life it decays with. */
    static Grievance decaysWith(int index) {
        return index == ACCEPTED ? Grievance.BLOCK : GRIEVANCES[index % GRIEVANCES.length];
    }

    void add(Signal signal, Fading fading, ReputationSettings terms) {
        heardAt = fading.second();
        unwritten = true;
        if (signal == Signal.COMPLAINT) {
            own[bad(Grievance.COMPLAINT)] += fading.weight(Grievance.COMPLAINT);
            made = Made.NOTHING;
            return;
        }
        attempt(Grievance.DEFERRAL, signal == Signal.DEFERRED, fading, terms);
        attempt(Grievance.BLOCK, signal == Signal.BLOCKED, fading, terms);
        attempt(Grievance.HARD_BOUNCE, signal == Signal.HARD_BOUNCE, fading, terms);
        if (signal == Signal.ACCEPTED) {
            attempt(Grievance.COMPLAINT, false, fading, terms);
            own[ACCEPTED] += fading.weight(Grievance.BLOCK);
        } else {
            made = Made.NOTHING;
        }
    }

    private void attempt(Grievance grievance, boolean isBad, Fading fading, ReputationSettings terms) {
        double weight = fading.weight(grievance);
        int attempts = attempts(grievance);
        own[attempts] += weight;
        if (isBad) {
            own[bad(grievance)] += weight;
        }
        double most = grievance.in(terms).memory() * weight;
        if (own[attempts] > most) {
            own[bad(grievance)] *= most / own[attempts];
            own[attempts] = most;
        }
    }

    /** Decayed to the present. */
    void addTo(double[] sum, Fading fading, boolean withOthers) {
        for (int i = 0; i < SIZE; i++) {
            sum[i] += (own[i] + (withOthers ? others[i] : 0)) / fading.weight(decaysWith(i));
        }
    }

    /** @param counts as they were at that second; @param mine true after a restart, false for another node's */
    void take(double[] counts, long second, boolean mine, Fading fading) {
        double[] to = mine ? own : others;
        for (int i = 0; i < SIZE; i++) {
            to[i] += counts[i] * fading.weightAt(decaysWith(i), second);
        }
        heardAt = Math.max(heardAt, second);
        made = Made.NOTHING;
    }

    void forgetOthers() {
        Arrays.fill(others, 0);
        made = Made.NOTHING;
    }

    /** After the landmark of a grievance has moved. */
    void scale(Grievance grievance, double factor) {
        for (int i = 0; i < SIZE; i++) {
            if (decaysWith(i) == grievance) {
                own[i] *= factor;
                others[i] *= factor;
            }
        }
    }

    boolean takeUnwritten() {
        boolean was = unwritten;
        unwritten = false;
        return was;
    }

    void unwritten() {
        unwritten = true;
    }

    long heardAt() {
        return heardAt;
    }

    Made made() {
        return made;
    }

    void made(Made fresh) {
        made = fresh;
    }
}
