package dev.dromedary.pace;

import dev.dromedary.config.AdaptivePaceSettings;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.PaceChange.Kind;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import dev.dromedary.reputation.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The limits that pools learned from being told to stop, by a reply to which the provider's reactions prescribe a suspension. One such reply is too little evidence for
 * {@link AdaptivePace}, which looks for shares; without this, a pool would come back at full pace and be told again. See {@link StopLimit} for how it learns.
 *
 * <p>Safe for use by many threads.
 */
public final class StopLimits implements Ceilings, Learner {
    private final PacedPairs<Pair> pairs;
    private final Ceilings reactions;
    private final InstantSource clock;
    private final Ticker ticker;
    private volatile Consumer<PaceChange> onChange = change -> { };

    private static final class Pair {
        private final StopLimit limit;
        /** Replies of what was under way when it was told to stop tell the same once more. */
        private volatile @Nullable Instant until;
        private volatile String evidence = "";
        private volatile Ceiling ceiling = Ceiling.NONE;

        Pair(StopLimit limit) {
            this.limit = limit;
        }

        private void show() {
            double most = limit.limit();
            ceiling = Double.isInfinite(most) ? Ceiling.NONE
                    : new Ceiling(null, most, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, "learned limit " + PaceText.of(most) + ", " + evidence);
        }
    }

    /** @param reactions what providers' own rules leave, which is asked whether a refusal was a stop; to be told of a refusal before this is */
    public StopLimits(DromedaryConfig config, Ceilings reactions, InstantSource clock, Ticker ticker) {
        AdaptivePaceSettings settings = config.brain().pace();
        this.pairs = new PacedPairs<>(config, (pool, provider, hard) -> new Pair(new StopLimit(hard, settings.floor().perSecond(), settings.probeEvery().toNanos())));
        this.reactions = reactions;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Told of every change, by the thread that made it. */
    public void onChange(Consumer<PaceChange> listener) {
        this.onChange = listener;
    }

    @Override
    public Ceiling of(String pool, String provider) {
        Pair pair = pairs.known(pool, provider);
        return pair == null ? Ceiling.NONE : pair.ceiling;
    }

    @Override
    public void learn(Evidence evidence) {
        if (evidence.signal() == Signal.NEUTRAL || evidence.signal() == Signal.COMPLAINT) {
            return;
        }
        Pair pair = pairs.of(evidence.pool(), evidence.provider());
        if (pair == null) {
            return;
        }
        boolean refused = evidence.signal() == Signal.DEFERRED || evidence.signal() == Signal.BLOCKED;
        pair.limit.attempted(!refused, ticker.nanos());
        if (refused) {
            refused(pair, evidence.pool(), evidence.provider());
        }
    }

    private void refused(Pair pair, String pool, String provider) {
        Ceiling.Halt halt = reactions.of(pool, provider).halt();
        if (halt == null) {
            return;
        }
        Instant now = clock.instant();
        PaceChange change;
        synchronized (pair) {
            Instant until = pair.until;
            if (until != null && now.isBefore(until)) {
                return;
            }
            pair.until = halt.until();
            double before = pair.limit.limit();
            double pace = pair.limit.stopped(Duration.between(now, halt.until()).toNanos(), ticker.nanos());
            pair.evidence = "told to stop at " + PaceText.of(pace) + " at " + now.truncatedTo(ChronoUnit.SECONDS);
            pair.show();
            change = new PaceChange(pool, provider, Kind.CUT, Double.isInfinite(before) ? pace : before, pair.limit.limit(), pair.ceiling.why());
        }
        onChange.accept(change);
    }

    /** Raises what is due; to be called every few seconds. */
    public void beat() {
        long now = ticker.nanos();
        pairs.each((pool, provider, pair) -> {
            double before = pair.limit.limit();
            if (Double.isInfinite(before)) {
                return;
            }
            pair.limit.beat(now);
            double after = pair.limit.limit();
            if (after != before) {
                pair.show();
                onChange.accept(Double.isInfinite(after) ? new PaceChange(pool, provider, Kind.FREED, before, after, "free again: " + pair.evidence)
                        : new PaceChange(pool, provider, Kind.RAISED, before, after, pair.ceiling.why()));
            }
        });
    }

    /** Each limit in force. */
    public void each(AdaptivePace.Reader reader) {
        pairs.each((pool, provider, pair) -> {
            if (pair.ceiling != Ceiling.NONE) {
                reader.read(pool, provider, pair.ceiling.perSecond());
            }
        });
    }
}
