package dev.dromedary.camel;

import dev.dromedary.cancel.CancellationStore;
import dev.dromedary.store.StorageException;
import dev.dromedary.suppression.SuppressionSink;
import dev.dromedary.suppression.SuppressionStore;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done now and then for those who get no mail and for what is cancelled. */
public final class SuppressionUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(SuppressionUpkeep.class);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final SuppressionStore suppressions;
    private final SuppressionSink strikes;
    private final CancellationStore cancellations;

    SuppressionUpkeep(SuppressionStore suppressions, SuppressionSink strikes, CancellationStore cancellations) {
        this.suppressions = suppressions;
        this.strikes = strikes;
        this.cancellations = cancellations;
    }

    /** Takes over what other nodes, or an operator, changed. */
    public void refresh() {
        try {
            cancellations.refresh();
            suppressions.refresh();
        } catch (SQLException e) {
            LOG.warn("[SUPPRESSIONS_STALE] database: {}; the last known suppressions and cancellations stay in use", e.getMessage());
        }
    }

    /** Goes on with cancellations that one call could not finish. */
    public void sweep() {
        try {
            cancellations.sweepOn(SWEEP);
        } catch (SQLException | StorageException e) {
            LOG.warn("[SWEEP_UNAVAILABLE] cancelled messages: {}; they stay where they are, and are not sent", e.getMessage());
        }
    }

    /** Forgets what is over. */
    public void purge() {
        try {
            suppressions.purge();
            strikes.purge();
            cancellations.purge();
        } catch (SQLException e) {
            LOG.warn("[PURGE_UNAVAILABLE] database: {}; it is tried again in ten minutes", e.getMessage());
        }
    }
}
