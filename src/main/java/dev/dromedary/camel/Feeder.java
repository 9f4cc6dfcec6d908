package dev.dromedary.camel;

import dev.dromedary.message.PriorityClass;
import dev.dromedary.retry.DeferredMessage;
import dev.dromedary.retry.DeferredStore;
import dev.dromedary.store.LaneSender;
import java.sql.SQLException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves due messages from the store to their lanes, a batch of each class in turn until none is due: a flood of bulk mail holds up no urgent retry. */
public final class Feeder {
    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final int BATCH = 500;

    private final DeferredStore store;
    private final LaneSender lanes;
    private final InstantSource clock;

    Feeder(DeferredStore store, LaneSender lanes, InstantSource clock) {
        this.store = store;
        this.lanes = lanes;
        this.clock = clock;
    }

    public void feed() {
        try {
            boolean more = true;
            while (more) {
                more = false;
                for (PriorityClass priority : PriorityClass.values()) {
                    int fed = store.feed(priority, BATCH, clock.instant(), due -> lanes.send(due.stream().map(DeferredMessage::toLane).toList()));
                    more |= fed == BATCH;
                }
            }
        } catch (SQLException e) {
            LOG.warn("[FEED_UNAVAILABLE] database: {}; what waits stays there and is looked at again in a second", e.getMessage());
        }
    }
}
