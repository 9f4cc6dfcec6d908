package dev.dromedary.warning;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.EarlyWarningSettings;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The warnings that are open, one to a kind, pool and provider, and what they leave of each pool. At most {@value #MOST}. Safe for use by many threads;
 * asking for a ceiling takes no lock, and costs one read where nothing is cut.
 */
public final class WarningBook implements Ceilings {
    static final int MOST = 10_000;
    private static final double LEAST_RATE = 1 / 60.0;

    private final EarlyWarningSettings settings;
    private final Warning.Steps steps;
    private final Alternatives alternatives;
    private final Ceilings reactions;
    private final Map<Key, Warning> open = new LinkedHashMap<>();
    private final Map<Key, Warning> changed = new LinkedHashMap<>();
    private volatile Map<String, Map<String, Ceiling>> cuts = Map.of();

    private record Key(WarningKind kind, String pool, String provider) {
        static Key of(Warning one) {
            return new Key(one.kind(), one.pool(), one.provider());
        }
    }

    /** @param reactions by which another pool may be of no use for now */
    WarningBook(DromedaryConfig config, Ceilings reactions) {
        this.settings = config.brain().warning();
        this.steps = new Warning.Steps(settings.steps(), settings.stepEvery(), settings.calm(), settings.recoverEvery());
        this.alternatives = new Alternatives(config);
        this.reactions = reactions;
    }

    public Warning.Steps steps() {
        return steps;
    }

    @Override
    public Ceiling of(String pool, String provider) {
        Map<String, Map<String, Ceiling>> current = cuts;
        return current.isEmpty() ? Ceiling.NONE : current.getOrDefault(pool, Map.of()).getOrDefault(provider, Ceiling.NONE);
    }

    /** Opens a warning, or says that one goes on. @param perSecond what is usual, or {@code NaN} */
    synchronized void found(String pool, String provider, Finding finding, double perSecond, Instant exactly) {
        Instant now = exactly.truncatedTo(ChronoUnit.MILLIS);
        Key key = new Key(finding.kind(), pool, provider);
        Warning before = open.get(key);
        boolean fresh = before == null || before.over(steps, now);
        if (fresh && open.size() >= MOST) {
            return;
        }
        int level = settings.protect() && finding.kind().cuts() ? fresh ? 1 : deeper(before, now) : 0;
        double floor = alternatives.exist(pool, other -> usable(other, provider)) ? 0 : settings.lastPoolFloor();
        Warning after = fresh ? opened(pool, provider, finding, perSecond, now, level, floor) : before.again(finding, now, level, floor, steps);
        open.put(key, after);
        changed.put(key, after);
        show(now);
    }

    private Warning opened(String pool, String provider, Finding finding, double perSecond, Instant now, int level, double floor) {
        String id = String.join("-", finding.kind().id(), pool, provider, Long.toString(now.toEpochMilli(), 36));
        var crossing = finding.crossing();
        return new Warning(id, finding.kind(), finding.critical(), pool, provider, now, now, level, now, floor, perSecond, finding.count(), finding.total(), finding.usual(),
                crossing == null ? null : crossing.earliest(), crossing == null ? null : crossing.expected(), finding.text(), null);
    }

    private int deeper(Warning one, Instant now) {
        int level = Math.max(1, one.level(steps, now));
        boolean due = level != one.level() || !now.isBefore(one.levelAt().plus(settings.stepEvery()));
        return due ? Math.min(settings.steps().size(), level + 1) : level;
    }

    private boolean usable(String pool, String provider) {
        return of(pool, provider) == Ceiling.NONE && reactions.of(pool, provider).halt() == null;
    }

    /** Takes away what is over, and a step of what comes back. */
    synchronized void beat(Instant now) {
        open.values().removeIf(one -> one.over(steps, now));
        if (!open.isEmpty() || !cuts.isEmpty()) {
            show(now);
        }
    }

    private void show(Instant now) {
        Map<String, Map<String, Warning>> deepest = new HashMap<>();
        open.values().stream().filter(one -> one.share(steps, now) < 1).forEach(one ->
                deepest.computeIfAbsent(one.pool(), pool -> new HashMap<>()).merge(one.provider(), one, (a, b) -> a.share(steps, now) <= b.share(steps, now) ? a : b));
        Map<String, Map<String, Ceiling>> fresh = new HashMap<>();
        deepest.forEach((pool, each) -> each.forEach((provider, one) -> fresh.computeIfAbsent(pool, p -> new HashMap<>()).put(provider, ceiling(one, now))));
        cuts = fresh;
    }

    private Ceiling ceiling(Warning one, Instant now) {
        double share = one.share(steps, now);
        String why = String.format(Locale.ROOT, "%.0f %% of the usual by warning %s: %s", 100 * share, one.id(), one.cause());
        return Double.isNaN(one.perSecond()) ? new Ceiling(null, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, share, Integer.MAX_VALUE, why)
                : new Ceiling(null, Math.max(LEAST_RATE, one.perSecond() * share), Integer.MAX_VALUE, 1, Integer.MAX_VALUE, why);
    }

    synchronized @Nullable Warning find(WarningKind kind, String pool, String provider) {
        return open.get(new Key(kind, pool, provider));
    }

    /** By their start. */
    public synchronized List<Warning> open() {
        return open.values().stream().sorted(Comparator.comparing(Warning::since).thenComparing(Warning::id)).toList();
    }

    /** Somebody knows better: it is over now. @return null where there is none of that id */
    public synchronized @Nullable Warning end(String id, Instant now) {
        Warning found = open.values().stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
        if (found == null) {
            return null;
        }
        Warning ended = found.ended(now.truncatedTo(ChronoUnit.MILLIS));
        open.remove(Key.of(found));
        changed.put(Key.of(found), ended);
        show(now);
        return ended;
    }

    /** What was opened, went on or was ended since the last call. */
    public synchronized List<Warning> takeChanged() {
        List<Warning> taken = List.copyOf(changed.values());
        changed.clear();
        return taken;
    }

    /** What was taken and could not be stored. */
    public synchronized void giveBack(List<Warning> unstored) {
        unstored.forEach(one -> changed.putIfAbsent(Key.of(one), one));
    }

    /** What all nodes know now, except for what was not stored yet. */
    public synchronized void replace(List<Warning> stored, Instant now) {
        open.clear();
        stored.stream().filter(one -> !one.over(steps, now)).limit(MOST).forEach(one ->
                open.merge(Key.of(one), one, (a, b) -> a.share(steps, now) <= b.share(steps, now) ? a : b));
        changed.forEach((key, one) -> {
            if (one.ended() == null) {
                open.put(key, one);
            } else {
                open.remove(key);
            }
        });
        show(now);
    }
}
