package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.hold.Hold;
import dev.dromedary.hold.HoldStore;
import dev.dromedary.isolation.Breaker;
import dev.dromedary.isolation.Trip;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a hold of what the breaker found, at once and beside the message that broke the limit, and again every second where that failed. What an
 * operator holds already is left as it is.
 */
public final class BreakerKeeper implements AutoCloseable {
    /** Who made the hold. */
    static final String BY = "dromedary";
    private static final Logger LOG = LoggerFactory.getLogger(BreakerKeeper.class);

    private final Breaker breaker;
    private final HoldStore holds;
    private final Duration length;
    private final ExecutorService atOnce = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "breaker");
        thread.setDaemon(true);
        return thread;
    });

    BreakerKeeper(Breaker breaker, HoldStore holds, DromedaryConfig config) {
        this.breaker = breaker;
        this.holds = holds;
        Duration asked = config.brain().isolation().hold();
        this.length = asked.compareTo(config.holds().max()) < 0 ? asked : config.holds().max();
        breaker.onTrip(trip -> {
            try {
                atOnce.execute(this::keep);
            } catch (RejectedExecutionException stopping) {
                LOG.debug("{} is not paused: the program stops", trip);
            }
        });
    }

    /** Pauses what is not paused yet, and lets what is no longer paused count anew. */
    public synchronized void keep() {
        for (Trip trip : breaker.unpaused()) {
            try {
                pause(trip);
                breaker.paused(trip);
            } catch (SQLException e) {
                LOG.warn("[BREAKER_UNKEPT] {} {}: {}; it is not paused as the database says {}; tried again in a second", trip.kind().id(), trip.value(), trip.reason(), e.getMessage());
            }
        }
        breaker.mended(trip -> holds.holds().of(kind(trip), trip.value()) != null);
    }

    private void pause(Trip trip) throws SQLException {
        Hold there = holds.holds().of(kind(trip), trip.value());
        if (there != null) {
            LOG.warn("[BREAKER_OPEN] {} {}: {}; it is held already: {}", trip.kind().id(), trip.value(), trip.reason(), there.text());
            return;
        }
        Hold placed = holds.place(new HoldStore.Request(kind(trip), trip.value(), Hold.Mode.PAUSE, trip.reason(), BY, length));
        LOG.warn("[BREAKER_OPEN] {}: {}; it gets no mail until {}. Look at its list, then: bin/dromedary resume {}", placed.subject(), trip.reason(), placed.expires(), placed.id());
    }

    private static Hold.Kind kind(Trip trip) {
        return switch (trip.kind()) {
            case CAMPAIGN -> Hold.Kind.CAMPAIGN;
            case STREAM -> Hold.Kind.STREAM;
            case SENDER -> Hold.Kind.SENDER;
        };
    }

    @Override
    public void close() {
        atOnce.shutdownNow();
    }
}
