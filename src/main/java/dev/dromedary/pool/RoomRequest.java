package dev.dromedary.pool;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.PriorityClass;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a message asks of the pools. Messages with equal requests are served in the order in which they came.
 *
 * @param tried pools not to be chosen
 * @param first whether it is the message's first offer, which counts against the provider's rate
 */
public record RoomRequest(DromedaryConfig.DeliveryRoute route, String provider, PriorityClass priority, Set<String> tried, boolean first) {
    public RoomRequest {
        tried = Set.copyOf(tried);
    }

    /** A request is a key in the queue of those who wait: the id of a route stands for all that it says. */
    @Override
    public int hashCode() {
        return ((route.id().hashCode() * 31 + provider.hashCode()) * 31 + priority.ordinal()) * 31 + tried.hashCode() * 2 + (first ? 1 : 0);
    }

    /** The same with one pool fewer to choose from. */
    public RoomRequest without(String pool) {
        return new RoomRequest(route, provider, priority, Stream.concat(tried.stream(), Stream.of(pool)).collect(Collectors.toSet()), first);
    }

    boolean mayUse(String pool) {
        return !tried.contains(pool) && route.pools().contains(pool);
    }
}
