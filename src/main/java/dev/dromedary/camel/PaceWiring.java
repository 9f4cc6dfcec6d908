package dev.dromedary.camel;

import dev.dromedary.brain.Brain;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.AdaptivePace;
import dev.dromedary.pace.PaceChange;
import dev.dromedary.store.WarmUpStore;
import dev.dromedary.warmup.WarmUp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the composition root that slows pools down: what keeps warm-ups, what tells of changes. */
final class PaceWiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PaceWiring.class);

    private final DromedaryConfig config;
    private final Brain brain;
    private final WarmUpStore store;
    private final WarmUpSync sync;
    private final InstantSource clock;

    /** Takes over what is under way from before, and from other nodes. */
    PaceWiring(DromedaryConfig config, Brain brain, DataSource source, MeterRegistry registry, InstantSource clock) {
        this.config = config;
        this.brain = brain;
        this.clock = clock;
        this.store = new WarmUpStore(source, config.node());
        this.sync = new WarmUpSync(brain.warmUps(), store, this::paces, clock, registry);
        brain.pace().onChange(PaceWiring::changed);
        brain.stops().onChange(PaceWiring::changed);
        brain.warmUps().onChange(PaceWiring::changed);
        sync.sync();
    }

    private void paces(AdaptivePace.Reader reader) {
        brain.pace().each(reader);
        brain.stops().each(reader);
    }

    void bind(Main main, ApiCall call) {
        main.bind("warmUps", new WarmUpApi(call, brain.warmUps(), store, sync, config, clock));
        main.bind("warmUpSync", sync);
    }

    private static void changed(PaceChange change) {
        switch (change.kind()) {
            case CUT -> LOG.warn("[PACE_CUT] pool {} to {}: {} in place of {}; it is raised slowly while all is well. {}", change.pool(), change.provider(), change.toText(),
                    change.fromText(), change.why());
            case RAISED -> LOG.info("[PACE_RAISED] pool {} to {}: {} in place of {}. {}", change.pool(), change.provider(), change.toText(), change.fromText(), change.why());
            case FREED -> LOG.info("[PACE_FREED] pool {} to {}: no pace but the configured limits. {}", change.pool(), change.provider(), change.why());
        }
    }

    private static void changed(WarmUp one) {
        LOG.info("[WARM_UP] pool {} to {}: stage {}, {}. {}. See bin/dromedary warm-ups", one.pool(), one.provider(), one.stage(), one.status().id(), one.note());
    }

    /** What was not written yet is. */
    @Override
    public void close() {
        sync.sync();
    }
}
