package dev.dromedary.pace;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Rate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of each pool towards each paced provider, made when it is first needed. There is one for each pool and provider of the configuration at most.
 * Safe for use by many threads; asking takes no lock.
 */
final class PacedPairs<P> {
    private static final String OTHER = "other";

    private final DromedaryConfig config;
    private final Maker<P> maker;
    private final Map<String, Map<String, P>> pairs = new HashMap<>();

    /** Makes what is kept of a pair. */
    @FunctionalInterface
    interface Maker<P> {
        /** @param hard messages a second that the configuration allows the pool towards the provider; infinite where it says nothing */
        P make(String pool, String provider, double hard);
    }

    /** Told of a pair. */
    @FunctionalInterface
    interface Reader<P> {
        void read(String pool, String provider, P pair);
    }

    PacedPairs(DromedaryConfig config, Maker<P> maker) {
        this.config = config;
        this.maker = maker;
        config.pools().keySet().forEach(pool -> pairs.put(pool, new ConcurrentHashMap<>()));
    }

    /** Null where there is none yet. */
    @Nullable P known(String pool, String provider) {
        Map<String, P> ofPool = pairs.get(pool);
        return ofPool == null ? null : ofPool.get(provider);
    }

    /** Made where there is none yet; null where pacing is off, or one of them is not of this configuration. */
    @Nullable P of(String pool, String provider) {
        Map<String, P> ofPool = config.brain().pace().enabled() ? pairs.get(pool) : null;
        if (ofPool == null) {
            return null;
        }
        P pair = ofPool.get(provider);
        return pair != null || !paced(provider) ? pair : ofPool.computeIfAbsent(provider, fresh -> maker.make(pool, fresh, perSecond(pool, fresh)));
    }

    void each(Reader<P> reader) {
        pairs.forEach((pool, ofPool) -> ofPool.forEach((provider, pair) -> reader.read(pool, provider, pair)));
    }

    /** Unless asked for, not the many domains that have nothing in common but that no provider claims them: one that defers must not slow the others down. */
    private boolean paced(String provider) {
        return config.providers().containsKey(provider) && (config.brain().pace().includeOther() || !provider.equals(OTHER));
    }

    private double perSecond(String pool, String provider) {
        DromedaryConfig.Pool sender = config.pools().get(pool);
        DromedaryConfig.PoolLimit own = sender.limits().get(provider);
        return Math.min(perSecond(sender.rate()), Math.min(perSecond(own == null ? null : own.rate()), perSecond(config.providers().get(provider).rate())));
    }

    private static double perSecond(@Nullable Rate rate) {
        return rate == null ? Double.POSITIVE_INFINITY : rate.perSecond();
    }
}
