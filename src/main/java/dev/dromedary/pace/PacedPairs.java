package dev.dromedary.pace;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Rate;
import org.jspecify.annotations.Nullable;

/** Which providers are paced, and what the configuration allows each pool towards them. */
final class PacedPairs {
    private static final String OTHER = "other";

    private final DromedaryConfig config;

    PacedPairs(DromedaryConfig config) {
        this.config = config;
    }

    /** Unless asked for, not the many domains that have nothing in common but that no provider claims them: one that defers must not slow the others down. */
    boolean paced(String provider) {
        return config.providers().containsKey(provider) && (config.brain().pace().includeOther() || !provider.equals(OTHER));
    }

    /** Messages a second that the configuration allows the pool towards the provider; infinite where it says nothing. */
    double perSecond(String pool, String provider) {
        DromedaryConfig.Pool sender = config.pools().get(pool);
        DromedaryConfig.PoolLimit own = sender.limits().get(provider);
        return Math.min(perSecond(sender.rate()), Math.min(perSecond(own == null ? null : own.rate()), perSecond(config.providers().get(provider).rate())));
    }

    private static double perSecond(@Nullable Rate rate) {
        return rate == null ? Double.POSITIVE_INFINITY : rate.perSecond();
    }
}
