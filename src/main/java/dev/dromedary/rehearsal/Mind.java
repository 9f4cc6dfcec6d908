package dev.dromedary.rehearsal;

import dev.dromedary.brain.Brain;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.PoolChooser;
import dev.dromedary.reaction.ReactionBook;
import dev.dromedary.reaction.ReactionRules;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.warning.EarlyWarnings;
import dev.dromedary.warning.WarningBook;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One policy's parts: the production's, or one of those that it is compared with. */
final class Mind {
    private static final long CHECK = TimeUnit.MINUTES.toNanos(1);

    private final PoolBoard board;
    private final @Nullable Brain brain;
    private final @Nullable ReactionBook reactions;
    private final @Nullable SeedChooser seed;
    private final EarlyWarnings warnings;
    private long nextCheck = CHECK;

    /** @param withReactions whether also the others obey the reactions that providers prescribe */
    Mind(Policy policy, boolean withReactions, DromedaryConfig config, VirtualTime time, RandomGenerator random) {
        Path own = config.reactions().rules();
        boolean reacts = withReactions || policy == Policy.REPUTATION;
        this.reactions = reacts
                ? new ReactionBook(own == null ? ReactionRules.builtIn() : ReactionRules.load(own), config.pools().keySet(), this::usualRate, time, one -> { })
                : null;
        Ceilings prescribed = reactions == null ? Ceilings.NONE : reactions;
        this.brain = policy == Policy.REPUTATION ? new Brain(config, prescribed, time, time, random) : null;
        this.warnings = brain == null ? new EarlyWarnings(config, Ceilings.NONE, List::of, time) : brain.warnings();
        this.seed = policy == Policy.SEED ? new SeedChooser() : null;
        PoolChooser chooser = switch (policy) {
            case REPUTATION -> brain.chooser();
            case ROUND_ROBIN -> new RoundRobinChooser();
            case WEIGHTED -> new WeightedChooser();
            case SEED -> seed;
        };
        this.board = new PoolBoard(config, brain == null ? prescribed : brain, chooser, time, time);
        if (brain != null) {
            brain.ejections().usable(board::usable);
        }
    }

    private double usualRate(String pool, String provider) {
        PoolBoard asked = board;
        return asked == null ? Double.NaN : asked.usualRate(pool, provider);
    }

    PoolBoard board() {
        return board;
    }

    WarningBook warnings() {
        return warnings.book();
    }

    void refused(String pool, String provider, SmtpReply reply, Answer answer) {
        if (reactions != null && answer.meaning() != null) {
            reactions.refused(pool, provider, reply, answer.meaning());
        }
    }

    void learn(Evidence evidence) {
        if (brain != null) {
            brain.learn(evidence);
            return;
        }
        // Only to see what it would have warned of: nothing obeys it.
        warnings.learn(evidence);
        if (seed != null) {
            seed.learn(evidence);
        }
    }

    void beat(long now) {
        if (brain != null) {
            brain.beat();
        } else {
            warnings.beat();
        }
        if (seed != null && now >= nextCheck) {
            nextCheck = now + CHECK;
            seed.check();
        }
    }
}
