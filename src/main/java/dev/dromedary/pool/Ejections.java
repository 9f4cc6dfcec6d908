package dev.dromedary.pool;

import dev.dromedary.config.ChoiceSettings;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import dev.dromedary.reputation.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a pool out towards a provider that blocks it, for a while that doubles each time, and lets it back slowly; after Envoy's outlier detection. Thresholds
 * are absolute, as few pools give no mean to compare with. A pool that is the last one some delivery route could use is never taken out, and comes back as soon
 * as it would be: that other pools may be held back by something else is looked at each time.
 *
 * <p>Thread safe. Where nothing is out, a look costs one volatile read.
 */
public final class Ejections implements Ceilings, Learner {
    private final ChoiceSettings.Ejection settings;
    private final InstantSource clock;
    private final Ceilings others;
    private volatile BiConsumer<String, String> onEjection = (pool, provider) -> { };
    private volatile Predicate<String> usable = pool -> true;
    /** Of each pool, by provider. */
    private final Map<String, Map<String, Outlier>> outliers = new ConcurrentHashMap<>();
    /** Of each pool, the pools of each of its routes. */
    private final Map<String, List<List<String>>> routes = new LinkedHashMap<>();
    private final Map<String, ?> providers;
    private final AtomicInteger out = new AtomicInteger();

    /** A pool that is out, or on its way back. @param until it is let in again, with a share of its connections and weight that grows until {@code whole} */
    public record Ejected(String pool, String provider, int times, Instant until, Instant whole, String why) {
    }

    /** @param others what else holds pools back */
    public Ejections(DromedaryConfig config, Ceilings others, InstantSource clock) {
        this.settings = config.brain().choice().ejection();
        this.clock = clock;
        this.others = others;
        this.providers = config.providers();
        config.pools().keySet().forEach(pool -> {
            routes.put(pool, config.routes().stream().map(DromedaryConfig.DeliveryRoute::pools).filter(pools -> pools.contains(pool)).toList());
            outliers.put(pool, new ConcurrentHashMap<>());
        });
    }

    /** @param listener told of pool and provider each time one is taken out */
    public void onEjection(BiConsumer<String, String> listener) {
        onEjection = listener;
    }

    /** @param asked whether a pool can be reached and is not held, whatever providers make of it */
    public void usable(Predicate<String> asked) {
        usable = asked;
    }

    @Override
    public void learn(Evidence evidence) {
        Map<String, Outlier> ofPool = outliers.get(evidence.pool());
        boolean counts = evidence.signal() != Signal.NEUTRAL && evidence.signal() != Signal.COMPLAINT;
        if (!settings.enabled() || ofPool == null || !counts) {
            return;
        }
        Outlier outlier = ofPool.get(evidence.provider());
        if (outlier == null) {
            if (evidence.signal() != Signal.BLOCKED && settings.volume() > 1 || !providers.containsKey(evidence.provider())) {
                // Nothing to look at yet: what comes before the first block only makes the ratio smaller.
                return;
            }
            outlier = ofPool.computeIfAbsent(evidence.provider(), provider -> new Outlier(settings));
        }
        String why = outlier.heard(evidence.signal() == Signal.BLOCKED, clock.millis());
        if (why != null && mayGo(evidence.pool(), evidence.provider())) {
            eject(evidence.pool(), evidence.provider(), outlier, why);
        }
    }

    private synchronized void eject(String pool, String provider, Outlier outlier, String why) {
        // Two pools of one route may ask at the same time: the second finds the first gone.
        if (mayGo(pool, provider)) {
            if (outlier.eject(clock.millis(), why)) {
                out.incrementAndGet();
            }
            onEjection.accept(pool, provider);
        }
    }

    /** Whether each route of the pool has another that is neither out nor stopped, and can be reached. */
    private boolean mayGo(String pool, String provider) {
        List<List<String>> of = routes.getOrDefault(pool, List.of());
        for (List<String> pools : of) {
            boolean another = false;
            for (String each : pools) {
                another |= !each.equals(pool) && !isOut(each, provider) && usable.test(each) && others.of(each, provider).halt() == null;
            }
            if (!another) {
                return false;
            }
        }
        return !of.isEmpty();
    }

    private boolean isOut(String pool, String provider) {
        Outlier outlier = outlier(pool, provider);
        return outlier != null && outlier.isOut(clock.millis());
    }

    private @Nullable Outlier outlier(String pool, String provider) {
        Map<String, Outlier> ofPool = outliers.get(pool);
        return ofPool == null ? null : ofPool.get(provider);
    }

    @Override
    public Ceiling of(String pool, String provider) {
        if (out.get() == 0) {
            return Ceiling.NONE;
        }
        Outlier outlier = outlier(pool, provider);
        Ceiling ceiling = outlier == null ? Ceiling.NONE : outlier.ceiling(clock.millis());
        return ceiling.halt() == null || mayGo(pool, provider) ? ceiling : Ceiling.NONE;
    }

    /** Share of its weight that the pool has towards the provider: less than 1 while it comes back. */
    double share(String pool, String provider) {
        Outlier outlier = out.get() == 0 ? null : outlier(pool, provider);
        return outlier == null ? 1 : outlier.share(clock.millis());
    }

    /** Those that are out or on their way back. */
    public List<Ejected> now() {
        var found = new ArrayList<Ejected>();
        long now = clock.millis();
        outliers.forEach((pool, ofPool) -> ofPool.forEach((provider, outlier) -> {
            if (outlier.lasts(now)) {
                found.add(outlier.shown(pool, provider));
            }
        }));
        return found;
    }

    /** Lets go of what is over; to be called every few seconds. */
    public void beat() {
        long now = clock.millis();
        outliers.values().forEach(ofPool -> ofPool.values().forEach(outlier -> {
            if (outlier.endIfOver(now)) {
                out.decrementAndGet();
            }
        }));
    }
}
