package dev.dromedary.reaction;

import dev.dromedary.outcome.Classification;
import dev.dromedary.outcome.ReplyPattern;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The reactions under way: told of every refusal, it starts what the rules say, and tells what is left of a pool towards a provider.
 * It holds at most {@value #MOST} of them, and as many thresholds half reached, whatever the replies say.
 *
 * <p>Safe for use by many threads. Asking takes no lock, and costs one read where nothing is under way.
 */
public final class ReactionBook implements Ceilings {
    static final int MOST = 20_000;
    /** The same server's own words, not the provider's. */
    private static final String OURS = "(not sent)";
    private static final String EVERY_POOL = "*";

    private final ReactionRules rules;
    private final List<String> pools;
    private final Rates usual;
    private final InstantSource clock;
    private final Consumer<ActiveReaction> onStart;
    private final Map<Key, HitWindow> windows = bounded();
    private final Map<String, ActiveReaction> active = new LinkedHashMap<>();
    /** What the store has not heard of yet. */
    private final Map<String, ActiveReaction> changed = new LinkedHashMap<>();
    private volatile Map<String, Map<String, List<Standing>>> view = Map.of();

    /** A reaction with what it leaves now, which changes only from step to step and is asked for every message. */
    private static final class Standing {
        private final ActiveReaction one;
        private volatile @Nullable Step step;

        private record Step(Ceiling ceiling, Instant until) {
        }

        Standing(ActiveReaction one) {
            this.one = one;
        }

        Ceiling ceiling(Instant now) {
            Step current = step;
            if (current == null || !now.isBefore(current.until)) {
                current = new Step(one.ceiling(now), one.ended(now) ? Instant.MAX : one.until(one.step(now)));
                step = current;
            }
            return current.ceiling;
        }
    }

    private record Key(String rule, String pool, String provider) {
    }

    /** What a pool sends to a provider as a rule, in messages a second; {@code NaN} where not known. */
    @FunctionalInterface
    public interface Rates {
        double perSecond(String pool, String provider);
    }

    /**
     * @param pools   ids of all pools, for rules whose scope is the provider
     * @param usual   asked when a reaction starts
     * @param onStart told of each, under the book's lock
     */
    public ReactionBook(ReactionRules rules, Collection<String> pools, Rates usual, InstantSource clock, Consumer<ActiveReaction> onStart) {
        this.rules = rules;
        this.pools = List.copyOf(pools);
        this.usual = usual;
        this.clock = clock;
        this.onStart = onStart;
    }

    private static Map<Key, HitWindow> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, HitWindow> eldest) {
                return size() > MOST;
            }
        };
    }

    /** A pool's server refused a message to the provider. What our own client refused does not count. */
    public void refused(String pool, String provider, SmtpReply reply, Classification meaning) {
        List<ReactionRule> candidates = rules.of(provider);
        if (candidates.isEmpty() || reply.text().contains(OURS)) {
            return;
        }
        String folded = ReplyPattern.folded(reply);
        for (ReactionRule rule : candidates) {
            if (rule.matches(reply, folded, provider, meaning)) {
                hit(rule, pool, provider, reply.text());
            }
        }
    }

    private synchronized void hit(ReactionRule rule, String pool, String provider, String reply) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<ActiveReaction> running = (rule.wholeProvider() ? pools : List.of(pool)).stream().flatMap(one -> at(one, provider).stream()).map(each -> each.one)
                .filter(one -> one.rule().equals(rule.id()) && !one.ended(now)).toList();
        if (!running.isEmpty()) {
            running.forEach(one -> renew(one, rule, now, reply));
            return;
        }
        Key key = new Key(rule.id(), rule.wholeProvider() ? EVERY_POOL : pool, provider);
        if (windows.computeIfAbsent(key, fresh -> new HitWindow()).reached(rule.threshold(), now)) {
            windows.remove(key);
            (rule.wholeProvider() ? pools : List.of(pool)).forEach(one -> start(rule, one, provider, now, reply));
        }
    }

    private void start(ReactionRule rule, String pool, String provider, Instant now, String reply) {
        active.values().removeIf(one -> one.ended(now));
        if (active.size() >= MOST) {
            return;
        }
        String id = String.join("-", rule.id(), pool, provider, Long.toString(now.toEpochMilli(), 36));
        var started = new ActiveReaction(id, rule.id(), pool, provider, rule.action(), rule.recovery(), reply, now, now.plus(rule.lasts()), usual.perSecond(pool, provider));
        put(started);
        onStart.accept(started);
    }

    /** Messages that were under way when it started are answered alike: a second more is no news. */
    private void renew(ActiveReaction one, ReactionRule rule, Instant now, String reply) {
        if (one.step(now) > 0 || now.plus(rule.lasts()).isAfter(one.holdUntil().plusSeconds(1))) {
            put(one.again(now, rule.lasts(), reply));
        }
    }

    private void put(ActiveReaction one) {
        active.put(one.id(), one);
        changed.put(one.id(), one);
        show();
    }

    private void show() {
        Map<String, Map<String, List<Standing>>> fresh = new HashMap<>();
        active.values().forEach(one ->
                fresh.computeIfAbsent(one.pool(), pool -> new HashMap<>()).computeIfAbsent(one.provider(), provider -> new ArrayList<>()).add(new Standing(one)));
        view = fresh;
    }

    @Override
    public Ceiling of(String pool, String provider) {
        List<Standing> both = at(pool, provider);
        if (both.isEmpty()) {
            return Ceiling.NONE;
        }
        Instant now = clock.instant();
        Ceiling ceiling = Ceiling.NONE;
        for (Standing each : both) {
            ceiling = ceiling.and(each.ceiling(now));
        }
        return ceiling;
    }

    private List<Standing> at(String pool, String provider) {
        Map<String, Map<String, List<Standing>>> current = view;
        return current.isEmpty() ? List.of() : current.getOrDefault(pool, Map.of()).getOrDefault(provider, List.of());
    }

    /** Until when nothing goes from the pool to the provider, or null where mail may go. */
    public @Nullable Instant suspendedUntil(String pool, String provider) {
        Ceiling.Halt halt = of(pool, provider).halt();
        return halt == null ? null : halt.until();
    }

    /** Those that have not ended, by their start. */
    public synchronized List<ActiveReaction> active() {
        Instant now = clock.instant();
        return active.values().stream().filter(one -> !one.ended(now)).sorted(Comparator.comparing(ActiveReaction::start)).toList();
    }

    /** Ends it now; its threshold counts from nothing again. @return what was ended, or null where there is none of that id */
    public synchronized @Nullable ActiveReaction lift(String id) {
        ActiveReaction lifted = active.remove(id);
        changed.remove(id);
        show();
        return lifted;
    }

    /** What was started or prolonged since the last call. */
    public synchronized List<ActiveReaction> takeChanged() {
        List<ActiveReaction> taken = List.copyOf(changed.values());
        changed.clear();
        return taken;
    }

    /** What was taken and could not be stored. */
    public synchronized void giveBack(List<ActiveReaction> unstored) {
        unstored.forEach(one -> {
            if (active.containsKey(one.id())) {
                changed.putIfAbsent(one.id(), one);
            }
        });
    }

    /** What all nodes know now: what is not there was lifted, except for what was not stored yet. */
    public synchronized void replace(List<ActiveReaction> stored) {
        Instant now = clock.instant();
        active.clear();
        for (ActiveReaction one : stored) {
            if (!one.ended(now) && active.size() < MOST) {
                active.put(one.id(), one);
            }
        }
        active.putAll(changed);
        show();
    }
}
