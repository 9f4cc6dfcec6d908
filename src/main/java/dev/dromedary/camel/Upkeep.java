package dev.dromedary.camel;

import dev.dromedary.store.IdempotencyStore;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be looked after now and then in the database. */
public final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final IdempotencyStore keys;

    Upkeep(IdempotencyStore keys) {
        this.keys = keys;
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
