package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.EngagementSettings;
import dev.dromedary.engagement.SendTimePolicy;
import dev.dromedary.event.EventHistory;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.retry.SendWindows;
import dev.dromedary.store.EngagementStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.apache.camel.main.Main;

/** What learns when recipients read, and picks send times by it. */
final class EngagementWiring {
    private final EngagementStore store;
    private final ProviderDirectory providers;
    private final BestHours times;
    private final MeterRegistry registry;
    private final InstantSource clock;

    EngagementWiring(DromedaryConfig config, DataSource source, ProviderDirectory providers, MeterRegistry registry, InstantSource clock, RandomGenerator random)
            throws SQLException {
        EngagementSettings settings = config.brain().engagement();
        this.store = new EngagementStore(source, settings, clock);
        this.providers = providers;
        this.times = new BestHours(store, new SendTimePolicy(settings, random), settings.enabled(), providers, new SendWindows(config.streams()), registry, clock);
        this.registry = registry;
        this.clock = clock;
    }

    BestHours times() {
        return times;
    }

    /** @param spool folder for long answers until they are sent; must exist */
    void bind(Main main, ApiCall call, EventHistory history, SuppressionWiring suppression, Path spool) {
        main.bind("engagement", new EngagementApi(call, new EngagementReader(history, providers, clock), store, suppression.suppressions(), times, registry, spool, clock));
        main.bind("engagementUpkeep", new EngagementUpkeep(store));
    }
}
