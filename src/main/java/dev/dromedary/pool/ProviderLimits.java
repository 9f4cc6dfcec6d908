package dev.dromedary.pool;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Rate;
import dev.dromedary.pace.RateBucket;
import dev.dromedary.pace.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each provider takes over all pools and classes: conversations at a time and messages a while. The Throttler keeps the rate hard; here it is
 * spaced evenly, so that who goes next is decided when the permit is there and the Throttler has no one waiting. Guarded by the lock of its owner.
 */
final class ProviderLimits {
    /** What may be saved up while no connection is free. More would pass here and wait in the Throttler, where no class goes before another. */
    private static final Duration SAVED = Duration.ofMillis(250);
    /** A conversation has to end first. */
    private static final Duration CONNECTION_WAIT = Duration.ofMillis(100);

    private final Map<String, DromedaryConfig.Provider> providers;
    private final int reserve;
    private final Ticker ticker;
    private final Map<String, Limit> limits = new HashMap<>();

    ProviderLimits(Map<String, DromedaryConfig.Provider> providers, int reserve, Ticker ticker) {
        this.providers = providers;
        this.reserve = reserve;
        this.ticker = ticker;
    }

    /** Null where the provider takes one now. The rate counts messages, so that one which another pool refused needs no second permit. */
    Choice.@Nullable Full obstacle(RoomRequest request) {
        Limit limit = limit(request.provider());
        if (!limit.hasConnection(request.priority())) {
            return new Choice.Full(CONNECTION_WAIT, limit.full(), true);
        }
        Duration wait = request.first() ? limit.untilRate() : Duration.ZERO;
        return wait.isZero() ? null : new Choice.Full(wait, limit.name() + ": rate of " + limit.rate(), true);
    }

    void take(RoomRequest request) {
        limit(request.provider()).take(request.priority(), request.first());
    }

    void end(RoomRequest request, boolean sent) {
        Limit limit = limit(request.provider());
        if (sent) {
            limit.end(request.priority());
        } else {
            limit.undo(request.priority(), request.first());
        }
    }

    private Limit limit(String provider) {
        return limits.computeIfAbsent(provider, id -> {
            DromedaryConfig.Provider known = providers.get(id);
            Rate rate = known == null ? null : known.rate();
            return new Limit("provider " + id, known == null ? null : known.consumers(), reserve, rate == null ? null : new RateBucket(rate, ticker, SAVED));
        });
    }
}
