package dev.dromedary.pool;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.PriorityClass;
import java.util.Set;

/**
 * What a message asks of the pools. Messages with equal requests are served in the order in which they came.
 *
 * @param tried pools that have had the message; with any, the message has had its turn of the provider's rate
 */
public record RoomRequest(DromedaryConfig.DeliveryRoute route, String provider, PriorityClass priority, Set<String> tried) {
    public RoomRequest {
        tried = Set.copyOf(tried);
    }

    boolean isFirst() {
        return tried.isEmpty();
    }

    boolean mayUse(String pool) {
        return !tried.contains(pool) && route.pools().contains(pool);
    }
}
