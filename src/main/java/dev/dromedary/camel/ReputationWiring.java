package dev.dromedary.camel;

import dev.dromedary.brain.Brain;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.monitor.Meters;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.store.ReputationStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.apache.camel.main.Main;

/** The part of the composition root about reputations: what keeps and shares them, and what shows them. */
final class ReputationWiring implements AutoCloseable {
    private final DromedaryConfig config;
    private final Brain brain;
    private final PoolBoard board;
    private final ReputationSync sync;

    /** Takes over what this node and others knew before. */
    ReputationWiring(DromedaryConfig config, DataSource source, ReactionWiring reactions, MeterRegistry registry, InstantSource clock) {
        this.config = config;
        this.brain = reactions.brain();
        this.board = reactions.board();
        brain.ejections().usable(board::usable);
        var settings = config.brain().reputation();
        var store = new ReputationStore(source, config.node(), settings);
        this.sync = new ReputationSync(brain.reputation(), brain.ejections(), store, settings.subjects(), clock, registry);
        sync.sync();
    }

    void bind(Main main, ApiCall call, ProviderDirectory providers, BestHours times) {
        main.bind("reputation", new ReputationApi(call, brain.reputation(), config));
        main.bind("explain", new ExplainApi(call, config, providers, brain, board, times));
        main.bind("reputationSync", sync);
    }

    Complaints complaints(ProviderDirectory providers, Meters meters) {
        return new Complaints(brain, brain.reputation(), providers::providerOf, meters);
    }

    /** What was not written yet is. */
    @Override
    public void close() {
        sync.sync();
    }
}
