package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.history.Tallies;
import dev.dromedary.store.EmbeddedBroker;
import dev.dromedary.store.HistoryStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** What remembers: the counts between samples, the sampler, and who reads the history. */
final class HistoryWiring implements AutoCloseable {
    private final Tallies tallies = new Tallies();
    private final HistorySampler sampler;
    private final HistoryStore store;
    private final InstantSource clock;

    HistoryWiring(DromedaryConfig config, DataSource source, MeterRegistry registry, @Nullable EmbeddedBroker broker, InstantSource clock) {
        this.store = new HistoryStore(source);
        this.clock = clock;
        this.sampler = new HistorySampler(tallies, new HistoryGauges(registry, broker, clock.instant()), store, config.node(), clock);
    }

    Tallies tallies() {
        return tallies;
    }

    void bind(Main main, ApiCall call) {
        main.bind("historySampler", sampler);
        main.bind("historyApi", new HistoryApi(call, store, clock));
    }

    @Override
    public void close() {
        sampler.close();
    }
}
