package dev.dromedary.pool;

import dev.dromedary.config.Rate;
import dev.dromedary.hold.Hold;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.pace.Ceiling;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pool as seen at one moment, towards one provider.
 *
 * @param meanSeconds of a conversation, or NaN before the first
 * @param binding     which hold or limit keeps the next message waiting, or null where there is room
 */
public record PoolView(
        String id, String host, int port, String health, int failuresInARow, @Nullable String lastFailure, @Nullable Instant lastSeen,
        int inFlight, int maxConnections, @Nullable Rate rate, int inFlightToProvider, int maxConnectionsToProvider,
        @Nullable Rate rateToProvider, double meanSeconds, @Nullable String binding) {

    static PoolView of(PoolState pool, String provider, Instant now, @Nullable Hold hold) {
        Limit narrow = pool.limit(provider);
        Ceiling ceiling = pool.ceiling(provider);
        Choice.Full obstacle = pool.obstacle(provider, PriorityClass.NORMAL, ceiling);
        Ceiling.Halt halt = ceiling.halt();
        PoolHealth health = pool.health();
        return new PoolView(
                pool.id(), pool.config().host(), pool.config().port(), health.state(now).name().toLowerCase(Locale.ROOT).replace('_', '-'),
                health.failuresInARow(), health.lastFailure(), health.lastSeen(), pool.inFlight(), pool.whole().maxConnections(),
                pool.whole().rate(), narrow.inFlight(), narrow.maxConnections(), narrow.rate(), pool.meanSeconds(),
                hold != null ? hold.text() : halt != null ? halt.why() : obstacle == null ? null : obstacle.binding());
    }
}
