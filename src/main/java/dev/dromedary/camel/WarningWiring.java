package dev.dromedary.camel;

import dev.dromedary.brain.Brain;
import dev.dromedary.store.WarningStore;
import dev.dromedary.warning.WarningBook;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.apache.camel.main.Main;

/** What keeps and shows the early warnings. */
final class WarningWiring implements AutoCloseable {
    private final WarningBook book;
    private final WarningStore store;
    private final WarningSync sync;
    private final InstantSource clock;

    /** Takes over what is open from before, and from other nodes. */
    WarningWiring(Brain brain, DataSource source, MeterRegistry registry, InstantSource clock) {
        this.book = brain.warnings().book();
        this.clock = clock;
        this.store = new WarningStore(source, book.steps());
        this.sync = new WarningSync(book, store, clock, registry);
        sync.sync();
    }

    WarningStore store() {
        return store;
    }

    void bind(Main main, ApiCall call) {
        main.bind("warnings", new WarningApi(call, book, store, sync, clock));
        main.bind("warningSync", sync);
    }

    /** What was not written yet is. */
    @Override
    public void close() {
        sync.sync();
    }
}
