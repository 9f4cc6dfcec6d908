package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.Mode;
import dev.dromedary.config.DromedaryConfig.Pool;
import dev.dromedary.config.DromedaryConfig.Provider;
import dev.dromedary.report.Limits;
import dev.dromedary.report.Limits.Limit;
import dev.dromedary.report.Pair;
import dev.dromedary.store.ReportStore;
import java.sql.SQLException;
import java.util.List;

/** What there is room for, by the configuration and, for the database, the disk it is on. */
final class ReportLimits {
    private static final double WHOLE_DISK = 100;
    private final DromedaryConfig config;
    private final ReportStore store;

    ReportLimits(DromedaryConfig config, ReportStore store) {
        this.config = config;
        this.store = store;
    }

    Limits now() throws SQLException {
        List<Limit> pools = config.pools().values().stream().map(ReportLimits::of).toList();
        List<Limit> providers = config.providers().values().stream().filter(one -> one.rate() != null).map(ReportLimits::of).toList();
        List<Limit> pairs = config.pools().values().stream().flatMap(pool -> pool.limits().entrySet().stream().map(one -> new Limit(new Pair(one.getKey(), pool.id()),
                one.getValue().rate() == null ? null : one.getValue().rate().perSecond(), one.getValue().maxConnections()))).toList();
        double disk = config.broker().mode() == Mode.EMBEDDED ? config.broker().maxDiskUsage() : WHOLE_DISK;
        Long given = config.report().databaseLimit();
        if (given != null) {
            return new Limits(pools, providers, pairs, disk, given.doubleValue(), "limit by report.database-limit");
        }
        double room = config.database().mode() == Mode.EMBEDDED ? store.latest("database", "size_bytes", false) + store.latest("disk", "free_bytes", true) : Double.NaN;
        return Double.isNaN(room) ? new Limits(pools, providers, pairs, disk, null, "no limit is known; give report.database-limit")
                : new Limits(pools, providers, pairs, disk, room, "limit is its size and what is free on its disk");
    }

    private static Limit of(Pool pool) {
        return new Limit(new Pair("", pool.id()), pool.rate() == null ? null : pool.rate().perSecond(), pool.maxConnections());
    }

    private static Limit of(Provider provider) {
        return new Limit(new Pair(provider.id(), ""), provider.rate() == null ? null : provider.rate().perSecond(), provider.consumers());
    }
}
