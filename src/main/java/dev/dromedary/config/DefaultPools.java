package dev.dromedary.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is added to a file without pools, so that a first run delivers, and to one without delivery routes. Additions have line 0. */
final class DefaultPools {
    private static final List<String> IDS = List.of("sandbox-a", "sandbox-b");

    private DefaultPools() {
    }

    /** Pools that send to the sandbox, unless there are pools; a route {@code default} to every pool, unless there are routes. */
    static Raw.Mapping complete(Raw.Mapping file) {
        Map<String, Raw> entries = new LinkedHashMap<>(file.entries());
        if (isAbsent(entries.get("pools"))) {
            entries.put("pools", new Raw.Sequence(IDS.stream().map(DefaultPools::pool).toList(), 0));
        }
        if (isAbsent(entries.get("delivery-routes")) && entries.get("pools") instanceof Raw.Sequence pools) {
            entries.put("delivery-routes", new Raw.Sequence(List.of(route(pools)), 0));
        }
        return new Raw.Mapping(entries, file.line());
    }

    static boolean isSandbox(Settings pool) {
        return pool.place().equals(Place.NOWHERE);
    }

    private static boolean isAbsent(@Nullable Raw raw) {
        return raw == null || raw instanceof Raw.Empty || raw instanceof Raw.Sequence list && list.items().isEmpty();
    }

    private static Raw pool(String id) {
        return Raw.Mapping.of(Map.of("id", Raw.Text.of(id), "host", Raw.Text.of("127.0.0.1"), "tls", Raw.Text.of("none")));
    }

    private static Raw route(Raw.Sequence pools) {
        List<Raw> ids = pools.items().stream()
                .filter(Raw.Mapping.class::isInstance).map(pool -> ((Raw.Mapping) pool).entries().get("id"))
                .filter(Raw.Text.class::isInstance).distinct().toList();
        return Raw.Mapping.of(Map.of("id", Raw.Text.of("default"), "pools", new Raw.Sequence(ids, 0)));
    }
}
