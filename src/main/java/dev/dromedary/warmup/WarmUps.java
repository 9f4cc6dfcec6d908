package dev.dromedary.warmup;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.WarmUpSettings;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The warm-ups of pools towards providers. Each lets so many messages through a day, evenly paced; the rest finds the pool full, and goes to others or waits.
 * A day that went well is followed by the next stage, one that did not by the same, and blocks or complaints by the one before.
 *
 * <p>Nodes share it by what they write and read ({@link #takeChanged}, {@link #takeCounts}, {@link #replace}); without that each goes on by itself, with
 * its share of what was left. There is one for each pool and provider of the configuration at most. Safe for use by many threads; asking takes no lock.
 */
public final class WarmUps implements Ceilings, Learner {
    private final DromedaryConfig config;
    private final WarmUpSettings settings;
    private final WarmUpRules rules;
    private final InstantSource clock;
    private final Map<String, Map<String, Warming>> pools = new ConcurrentHashMap<>();
    /** By pool and provider; what the store has not heard of yet. Guarded by itself. */
    private final Map<List<String>, WarmUp> changed = new LinkedHashMap<>();
    private volatile Consumer<WarmUp> onChange = one -> { };

    public WarmUps(DromedaryConfig config, InstantSource clock) {
        this.config = config;
        this.settings = config.brain().warmUp();
        this.rules = new WarmUpRules(settings);
        this.clock = clock;
        if (settings.enabled()) {
            settings.pools().keySet().forEach(pool -> pools.put(pool, new ConcurrentHashMap<>()));
        }
    }

    /** Told of each change of a stage or status, by the thread that makes it. */
    public void onChange(Consumer<WarmUp> listener) {
        this.onChange = listener;
    }

    @Override
    public Ceiling of(String pool, String provider) {
        Warming one = at(pool, provider);
        return one == null ? Ceiling.NONE : one.ceiling();
    }

    @Override
    public void learn(Evidence evidence) {
        Warming one = at(evidence.pool(), evidence.provider());
        if (one != null) {
            one.count(evidence.signal(), clock.instant());
        }
    }

    /** Those that the configuration names begin with the first look. */
    private @Nullable Warming at(String pool, String provider) {
        Map<String, Warming> ofPool = pools.get(pool);
        if (ofPool == null) {
            return null;
        }
        Warming one = ofPool.get(provider);
        if (one != null) {
            return one;
        }
        WarmUpSettings.Plan plan = settings.pools().get(pool);
        return plan == null || !plan.covers(provider) || !config.providers().containsKey(provider) ? null : ofPool.computeIfAbsent(provider, fresh -> begin(pool, fresh, plan));
    }

    private Warming begin(String pool, String provider, WarmUpSettings.Plan plan) {
        Instant now = clock.instant();
        boolean partial = now.atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() > Warming.GRACE.toSeconds();
        return put(WarmUp.begun(pool, provider, true, plan.from(), plan.stage(), Warming.day(now), partial), now);
    }

    private Warming put(WarmUp state, Instant now) {
        changed(state);
        return warming(state, now);
    }

    private Warming warming(WarmUp state, Instant now) {
        return new Warming(state, rules, Math.max(1, config.pools().get(state.pool()).sourceAddresses().size()), settings.spread(), now);
    }

    private void changed(WarmUp state) {
        synchronized (changed) {
            changed.put(List.of(state.pool(), state.provider()), state);
        }
        onChange.accept(state);
    }

    /** Judges days that are over, steps back where there is reason, and renews the rates. */
    public void beat() {
        Instant now = clock.instant();
        all().forEach(one -> {
            WarmUp before = one.state();
            WarmUp after = one.beat(now);
            if (after != null) {
                synchronized (changed) {
                    changed.put(List.of(after.pool(), after.provider()), after);
                }
                if (!after.note().equals(before.note())) {
                    onChange.accept(after);
                }
            }
        });
    }

    private Stream<Warming> all() {
        return pools.values().stream().flatMap(ofPool -> ofPool.values().stream());
    }

    public List<WarmUpView> views() {
        return all().map(Warming::view).sorted(Comparator.comparing((WarmUpView view) -> view.state().pool()).thenComparing(view -> view.state().provider())).toList();
    }

    /** Null where there is none. */
    public @Nullable WarmUp find(String pool, String provider) {
        Map<String, Warming> ofPool = pools.get(pool);
        Warming one = ofPool == null ? null : ofPool.get(provider);
        return one == null ? null : one.state();
    }

    /** A warm-up that an operator begins today, in place of one that is over or stopped. @param stage from 1 to {@link #stages} */
    public WarmUp begun(String pool, String provider, int stage) {
        Instant now = clock.instant();
        WarmUp before = find(pool, provider);
        WarmUp fresh = WarmUp.begun(pool, provider, false, Warming.day(now), stage, Warming.day(now), true);
        return before == null ? fresh : new WarmUp(pool, provider, before.configured(), fresh.from(), stage, fresh.status(), fresh.day(), true, 0, 0, null, fresh.note(), before.version() + 1);
    }

    public int stages() {
        return rules.stages();
    }

    /** What was changed since the last call. */
    public List<WarmUp> takeChanged() {
        synchronized (changed) {
            List<WarmUp> taken = List.copyOf(changed.values());
            changed.clear();
            return taken;
        }
    }

    /** What was taken and could not be stored. */
    public void giveBack(List<WarmUp> unstored, List<SharedCount> uncounted) {
        synchronized (changed) {
            unstored.forEach(one -> changed.putIfAbsent(List.of(one.pool(), one.provider()), one));
        }
        Set<List<String>> pairs = new HashSet<>();
        uncounted.forEach(count -> pairs.add(List.of(count.pool(), count.provider())));
        all().filter(one -> pairs.contains(List.of(one.state().pool(), one.state().provider()))).forEach(Warming::unwritten);
    }

    /** What this node sent since the last call, as totals of the day. */
    public List<SharedCount> takeCounts() {
        var counts = new ArrayList<SharedCount>();
        all().forEach(one -> counts.addAll(one.takeUnwritten()));
        return counts;
    }

    /**
     * What all nodes know.
     *
     * @param counts of today and of each day that is not judged yet
     * @param nodes  live ones, this one among them
     */
    public void replace(List<WarmUp> stored, List<SharedCount> counts, int nodes) {
        if (!settings.enabled()) {
            return;
        }
        Instant now = clock.instant();
        for (WarmUp state : stored) {
            if (known(state) && !outdated(state)) {
                Map<String, Warming> ofPool = pools.computeIfAbsent(state.pool(), pool -> new ConcurrentHashMap<>());
                ofPool.computeIfAbsent(state.provider(), provider -> warming(state, now)).replace(state, now);
            }
        }
        for (SharedCount count : counts) {
            Map<String, Warming> ofPool = pools.getOrDefault(count.pool(), Map.of());
            Warming one = ofPool.get(count.provider());
            if (one != null) {
                one.shared(count, nodes, now);
            }
        }
    }

    private boolean known(WarmUp state) {
        return config.pools().containsKey(state.pool()) && config.providers().containsKey(state.provider());
    }

    /** What the configuration began and no longer names, or begins again later. */
    private boolean outdated(WarmUp state) {
        WarmUpSettings.Plan plan = settings.pools().get(state.pool());
        boolean named = plan != null && plan.covers(state.provider());
        return named ? plan.from().isAfter(state.from()) : state.configured();
    }
}
