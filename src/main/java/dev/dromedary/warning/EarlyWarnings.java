package dev.dromedary.warning;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.EarlyWarningSettings;
import dev.dromedary.isolation.ContentBook.Suspect;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Told of every attempt, it looks at each pool and provider once a minute, raises warnings, and takes volume away while they last.
 * {@link #learn} and {@link #of} are for many threads and take no lock; {@link #beat} is for one at a time.
 */
public final class EarlyWarnings implements Learner, Ceilings {
    private static final int MINUTES_A_DAY = 1_440;
    private static final int MOST_SERIES = 5_000;
    /** Just under 1 MB each. */
    private static final int MOST_FORESTS = 100;
    private static final int CONTENT_EVERY = 5;

    private final EarlyWarningSettings settings;
    private final WarningBook book;
    private final Supplier<List<Suspect>> suspects;
    private final Ceilings reactions;
    private final InstantSource clock;
    private final double runLength;
    private final Map<String, Map<String, SeriesWindow>> windows = new ConcurrentHashMap<>();
    private final Map<Series, SeriesJudge> judges = new LinkedHashMap<>();
    private int forests;
    private long minute = Long.MIN_VALUE;

    private record Series(String pool, String provider) {
    }

    /** @param suspects content that is refused more than the rest, asked for every five minutes */
    public EarlyWarnings(DromedaryConfig config, Ceilings reactions, Supplier<List<Suspect>> suspects, InstantSource clock) {
        this.suspects = suspects;
        this.reactions = reactions;
        this.settings = config.brain().warning();
        this.book = new WarningBook(config, reactions);
        this.clock = clock;
        // Half of the false alarms are left to trend, latency and the joint picture; the other half is for the two charts of each series.
        double charts = 2.0 * Math.max(1, config.pools().size()) * Math.max(1, config.providers().size());
        this.runLength = Math.max(Math.E, charts * MINUTES_A_DAY / (settings.falseAlarms() / 2));
    }

    public WarningBook book() {
        return book;
    }

    @Override
    public void learn(Evidence evidence) {
        if (!settings.enabled()) {
            return;
        }
        Map<String, SeriesWindow> ofPool = windows.get(evidence.pool());
        SeriesWindow window = ofPool == null ? null : ofPool.get(evidence.provider());
        (window == null ? added(evidence) : window).count(evidence);
    }

    /** Pools and providers are the configuration's, so that there are only so many; beyond that, one stands for all. */
    private synchronized SeriesWindow added(Evidence evidence) {
        boolean full = windows.values().stream().mapToInt(Map::size).sum() >= MOST_SERIES;
        return windows.computeIfAbsent(full ? "" : evidence.pool(), pool -> new ConcurrentHashMap<>())
                .computeIfAbsent(full ? "" : evidence.provider(), provider -> new SeriesWindow((int) settings.history().toMinutes() + 30));
    }

    @Override
    public Ceiling of(String pool, String provider) {
        return book.of(pool, provider);
    }

    /** To be called every few seconds; looks when a minute has ended. */
    public void beat() {
        Instant now = clock.instant();
        long current = Math.floorDiv(now.getEpochSecond(), 60);
        if (!settings.enabled() || current == minute) {
            return;
        }
        minute = current;
        windows.forEach((pool, each) -> each.forEach((provider, window) -> look(new Series(pool, provider), window, now)));
        if (minute % CONTENT_EVERY == 0) {
            content(now);
        }
        book.beat(now);
    }

    /** One warning to a provider, of the clearest case. */
    private void content(Instant now) {
        suspects.get().stream().collect(Collectors.toMap(Suspect::provider, one -> one, (clearest, other) -> clearest)).forEach((provider, one) ->
                book.found("", provider, new Finding(WarningKind.CONTENT, false, one.blocked(), one.total(), one.rest(), null, one.text()), Double.NaN, now));
    }

    private void look(Series series, SeriesWindow window, Instant now) {
        window.roll(minute);
        SeriesJudge judge = judges.computeIfAbsent(series, one -> new SeriesJudge(settings, window, runLength, one.hashCode(), () -> forests++ < MOST_FORESTS));
        // Where the provider has said so itself, a warning is neither early nor of use: more is being done already.
        boolean told = reactions.of(series.pool, series.provider) != Ceiling.NONE;
        judge.look(now, kind -> warned(series, kind), fresh(series, now)).stream().filter(finding -> !told || warned(series, finding.kind()))
                .forEach(finding -> book.found(series.pool, series.provider, finding, judge.usualRate(), now));
    }

    private boolean warned(Series series, WarningKind kind) {
        return book.find(kind, series.pool, series.provider) != null;
    }

    /** Once a warning is as old as the history, its state is what is usual now: a provider may have changed for good. */
    private boolean fresh(Series series, Instant now) {
        for (WarningKind kind : WarningKind.values()) {
            Warning one = book.find(kind, series.pool, series.provider);
            if (one != null && one.since().plus(settings.history()).isAfter(now)) {
                return true;
            }
        }
        return false;
    }
}
