package dev.dromedary.camel;

import dev.dromedary.brain.Brain;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.reaction.ActiveReaction;
import dev.dromedary.reaction.ReactionBook;
import dev.dromedary.reaction.ReactionRules;
import dev.dromedary.store.ReactionStore;
import dev.dromedary.store.WarningStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the composition root that learns: the book of reactions, what keeps it, the brain, and the pool board that obeys both. */
final class ReactionWiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReactionWiring.class);

    private final ReactionBook book;
    private final ReactionStore store;
    private final ReactionSync sync;
    private final InstantSource clock;
    private final Brain brain;
    private final PoolBoard board;
    private final WarningWiring warnings;

    /** Takes over what is under way from before, and from other nodes. */
    ReactionWiring(DromedaryConfig config, DataSource source, MeterRegistry registry, InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.store = new ReactionStore(source);
        Path own = config.reactions().rules();
        ReactionRules rules = own == null ? ReactionRules.builtIn() : ReactionRules.load(own);
        this.book = new ReactionBook(rules, config.pools().keySet(), this::usualRate, clock, ReactionWiring::started);
        this.brain = new Brain(config, book, clock, System::nanoTime, random);
        this.board = new PoolBoard(config, brain, brain.chooser(), clock, System::nanoTime);
        this.sync = new ReactionSync(book, store, clock, registry);
        sync.sync();
        this.warnings = new WarningWiring(brain, source, registry, clock);
    }

    PoolBoard board() {
        return board;
    }

    Brain brain() {
        return brain;
    }

    /** Warnings of all nodes. */
    WarningStore warnings() {
        return warnings.store();
    }

    ReactionBook book() {
        return book;
    }

    void bind(Main main, ApiCall call) {
        main.bind("reactions", new ReactionApi(call, book, store, sync, clock));
        main.bind("reactionSync", sync);
        main.bind("brain", brain);
        warnings.bind(main, call);
    }

    /** The board asks the book and the book the board, so one of them hears of the other later. */
    private double usualRate(String pool, String provider) {
        PoolBoard asked = board;
        return asked == null ? Double.NaN : asked.usualRate(pool, provider);
    }

    private static void started(ActiveReaction one) {
        LOG.warn("[REACTION_STARTED] pool {} to {}: {}; {} until {} by rule {}, all of it over at {}. See and lift it: bin/dromedary reactions", one.pool(), one.provider(),
                one.cause(), one.action().text(), one.holdUntil(), one.rule(), one.end());
    }

    /** What was not written yet is. */
    @Override
    public void close() {
        sync.sync();
        warnings.close();
    }
}
