package dev.dromedary.camel;

import dev.dromedary.event.EventHistory;
import dev.dromedary.event.EventWriter;
import dev.dromedary.retry.DeferredStore;
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.IdempotencyStore;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What is kept in the database, table by table. */
record Stores(EventWriter events, EventHistory history, DeferredStore deferred, DeadLetterStore dead, IdempotencyStore keys) {

    /** @param window how long an idempotency key is kept */
    static Stores in(DataSource source, Duration window, InstantSource clock) {
        return new Stores(new EventWriter(source, window), new EventHistory(source), new DeferredStore(source), new DeadLetterStore(source),
                new IdempotencyStore(source, clock));
    }
}
