package dev.dromedary.camel;

import dev.dromedary.hold.HoldStore;
import dev.dromedary.store.AuditLog;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what operators did long ago, and holds that have long been over. */
public final class AuditUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(AuditUpkeep.class);

    private final AuditLog audit;
    private final HoldStore holds;
    private final Duration keep;
    private final InstantSource clock;

    AuditUpkeep(AuditLog audit, HoldStore holds, Duration keep, InstantSource clock) {
        this.audit = audit;
        this.holds = holds;
        this.keep = keep;
        this.clock = clock;
    }

    public void purge() {
        Instant before = clock.instant().minus(keep);
        try {
            audit.purge(before);
            holds.purge(before);
        } catch (SQLException e) {
            LOG.warn("[PURGE_UNAVAILABLE] database: {}; it is tried again in an hour", e.getMessage());
        }
    }
}
