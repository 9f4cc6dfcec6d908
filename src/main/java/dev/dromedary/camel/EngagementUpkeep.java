package dev.dromedary.camel;

import dev.dromedary.store.EngagementStore;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets recipients of whom nothing was heard for long. */
public final class EngagementUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(EngagementUpkeep.class);
    private final EngagementStore store;

    EngagementUpkeep(EngagementStore store) {
        this.store = store;
    }

    public void purge() {
        try {
            store.purge();
        } catch (SQLException e) {
            LOG.warn("[ENGAGEMENT_KEPT] database: {}; what is old is forgotten when it is back", e.getMessage());
        }
    }
}
