package dev.dromedary.cli.top;

import java.util.Map;

/** How fast the node that answers goes now, in all, and by provider, by pool, and by both. @param known false before there are two readings */
record Rates(boolean known, Flow total, Map<String, Flow> providers, Map<String, Flow> pools, Map<Pair, Flow> pairs) {
    static final Rates UNKNOWN = new Rates(false, Flow.UNKNOWN, Map.of(), Map.of(), Map.of());

    /** A pool towards a provider. */
    record Pair(String provider, String pool) {
    }

    Flow provider(String provider) {
        return of(providers.get(provider));
    }

    Flow pool(String pool) {
        return of(pools.get(pool));
    }

    Flow pair(String provider, String pool) {
        return of(pairs.get(new Pair(provider, pool)));
    }

    private Flow of(@org.jspecify.annotations.Nullable Flow flow) {
        return flow != null ? flow : known ? Flow.NONE : Flow.UNKNOWN;
    }
}
