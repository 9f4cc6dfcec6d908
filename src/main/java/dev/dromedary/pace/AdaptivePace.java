package dev.dromedary.pace;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The pace of each pool towards each provider: down fast where the provider defers or blocks, up slowly, below the configured limits, and
 * without any say where all is well.
 *
 * <p>Additive increase, multiplicative decrease (Chiu and Jain, 1989), with three things taken from what replaced it in TCP. A cut goes to a share of
 * what was sent, and no higher than just below what the provider took meanwhile, which is what it has room for (Westwood, 2001).
 * What it took is remembered: the way back to it is quick, and beyond it something is tried only after a long while, as CUBIC does (RFC 9438), so that probing costs little.
 * And an attempt that was under way at a cut says nothing of the new pace. Connections are cut in the same proportion, as by
 * Little's law the pace needs no more; so a server that answers slowly gets fewer of them. Postfix measured what feedback by steps of one
 * costs (SCHEDULER_README): 49.7 % deferred with steps of one connection, 16.5 % with 1/N.
 *
 * <p>Safe for use by many threads.
 */
public final class AdaptivePace implements Ceilings, Learner {
    private final PacedPairs<PairPace> pairs;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Set<PairPace> cut = ConcurrentHashMap.newKeySet();
    private volatile boolean anyCut;
    private volatile Consumer<PaceChange> onChange = change -> { };

    public AdaptivePace(DromedaryConfig config, InstantSource clock, Ticker ticker) {
        this.pairs = new PacedPairs<>(config, (pool, provider, hard) -> new PairPace(pool, provider, hard, config.brain().pace()));
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Told of every change, by the thread that made it. */
    public void onChange(Consumer<PaceChange> listener) {
        this.onChange = listener;
    }

    @Override
    public Ceiling of(String pool, String provider) {
        if (!anyCut) {
            return Ceiling.NONE;
        }
        PairPace pair = pairs.known(pool, provider);
        return pair == null ? Ceiling.NONE : pair.ceiling();
    }

    @Override
    public void learn(Evidence evidence) {
        PairPace pair = pairs.of(evidence.pool(), evidence.provider());
        if (pair == null) {
            return;
        }
        PaceChange change = pair.attempted(evidence.signal(), evidence.took().toNanos(), ticker.nanos(), clock);
        if (change != null) {
            synchronized (cut) {
                cut.add(pair);
                anyCut = true;
            }
            onChange.accept(change);
        }
    }

    @Override
    public void heard(String pool, String provider, String reply) {
        PairPace pair = pairs.of(pool, provider);
        if (pair != null) {
            pair.heard(reply);
        }
    }

    /** Raises what is due. */
    public void beat() {
        if (!anyCut) {
            return;
        }
        long now = ticker.nanos();
        for (PairPace pair : List.copyOf(cut)) {
            PaceChange change = pair.raise(now);
            if (change != null) {
                onChange.accept(change);
            }
        }
        synchronized (cut) {
            cut.removeIf(pair -> pair.ceiling() == Ceiling.NONE);
            anyCut = !cut.isEmpty();
        }
    }

    /** Each pace that is below what the configuration allows. */
    public void each(Reader reader) {
        for (PairPace pair : cut) {
            Ceiling ceiling = pair.ceiling();
            if (ceiling != Ceiling.NONE) {
                reader.read(pair.pool(), pair.provider(), ceiling.perSecond());
            }
        }
    }

    /** Of {@link #each}. */
    @FunctionalInterface
    public interface Reader {
        void read(String pool, String provider, double perSecond);
    }
}
