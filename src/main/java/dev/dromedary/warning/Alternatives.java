package dev.dromedary.warning;

import dev.dromedary.config.DromedaryConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which pools can take over another's mail: those that share its delivery routes. Immutable. */
final class Alternatives {
    private final Map<String, List<List<String>>> others = new HashMap<>();

    Alternatives(DromedaryConfig config) {
        for (DromedaryConfig.DeliveryRoute route : config.routes()) {
            for (String pool : route.pools()) {
                others.computeIfAbsent(pool, one -> new ArrayList<>()).add(route.pools().stream().filter(other -> !other.equals(pool)).toList());
            }
        }
    }

    /** Whether in each of the pool's routes there is another that is usable. */
    boolean exist(String pool, Predicate<String> usable) {
        List<List<String>> routes = others.getOrDefault(pool, List.of());
        return !routes.isEmpty() && routes.stream().allMatch(route -> route.stream().anyMatch(usable));
    }
}
