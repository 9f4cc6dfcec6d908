package dev.dromedary.camel;

import dev.dromedary.store.IdempotencyStore;
import dev.dromedary.store.SuppressionStore;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be looked after now and then in the database. */
public final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final SuppressionStore suppressions;
    private final IdempotencyStore keys;

    Upkeep(SuppressionStore suppressions, IdempotencyStore keys) {
        this.suppressions = suppressions;
        this.keys = keys;
    }

    /** Takes over what other nodes, or an operator, changed. */
    public void refreshSuppressions() {
        try {
            suppressions.refresh();
        } catch (SQLException e) {
            LOG.warn("[SUPPRESSIONS_STALE] database: {}; the last known list stays in use", e.getMessage());
        }
    }

    /** Forgets idempotency keys whose window is over. */
    public void purgeKeys() {
        try {
            keys.purge();
        } catch (SQLException e) {
            LOG.warn("[PURGE_UNAVAILABLE] database: {}; it is tried again in ten minutes", e.getMessage());
        }
    }
}
