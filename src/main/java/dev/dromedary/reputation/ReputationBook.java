package dev.dromedary.reputation;

import dev.dromedary.config.ReputationSettings;
import dev.dromedary.reputation.Subject.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The reputation of pools, sender domains, streams and campaigns with each provider, from decayed evidence: this node's own, and what other nodes have written.
 *
 * <p>Safe for use by many threads. A count is under one short lock; a reputation is made at most once a second, or after something bad was heard, and
 * read without a lock.
 */
public final class ReputationBook implements Learner, Reputations {
    /** Less than this is as good as nothing. */
    private static final double NOTHING = 0.01;
    private static final long SWEEP_SECONDS = 3_600;
    /** Of those kept, so many give way at once, so that looking for the oldest is rare. */
    private static final double GIVE_WAY = 0.1;

    private final ReputationSettings settings;
    private final InstantSource clock;
    private final double z;
    private final Fading fading;
    private final Map<Kind, Map<String, Map<String, Evidences>>> known = new EnumMap<>(Kind.class);
    private final Reputation unknown;
    private int size;
    private long sweptAt;

    /** What is written for other nodes and for after a restart. @param counts decayed to that second of the epoch; see {@link Evidences} for their order */
    public record Row(Subject subject, long second, double[] counts) {
    }

    public ReputationBook(ReputationSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.z = new NormalDistribution().inverseCumulativeProbability(0.5 + settings.confidence() / 2);
        this.fading = new Fading(settings, second());
        this.unknown = Reputation.of(new double[Evidences.SIZE], settings, z);
        this.sweptAt = second();
        for (Kind kind : Kind.values()) {
            known.put(kind, new ConcurrentHashMap<>());
        }
    }

    private long second() {
        return Math.floorDiv(clock.millis(), 1_000L);
    }

    /** An empty pool means that it is not known which: a complaint may come without. */
    @Override
    public void learn(Evidence evidence) {
        if (evidence.signal() == Signal.NEUTRAL || !settings.enabled()) {
            return;
        }
        synchronized (this) {
            tick();
            count(Kind.POOL, evidence.pool(), evidence);
            count(Kind.SENDER_DOMAIN, evidence.senderDomain(), evidence);
            count(Kind.STREAM, evidence.stream(), evidence);
            count(Kind.CAMPAIGN, evidence.campaign(), evidence);
        }
    }

    private void count(Kind kind, @Nullable String name, Evidence evidence) {
        if (name != null && !name.isEmpty()) {
            at(kind, name, evidence.provider()).add(evidence.signal(), fading, settings);
        }
    }

    private void tick() {
        fading.at(second(), (grievance, factor) -> each((subject, evidences) -> evidences.scale(grievance, factor)));
    }

    private Evidences at(Kind kind, String name, String provider) {
        Map<String, Map<String, Evidences>> ofKind = known.get(kind);
        Map<String, Evidences> ofName = ofKind.get(name);
        Evidences found = ofName == null ? null : ofName.get(provider);
        if (found != null) {
            return found;
        }
        if (size >= settings.subjects()) {
            forgetOldest();
        }
        var fresh = new Evidences();
        ofKind.computeIfAbsent(name, each -> new ConcurrentHashMap<>()).put(provider, fresh);
        size++;
        return fresh;
    }

    /** Pools are those of the configuration and stay. */
    private void forgetOldest() {
        var heard = new ArrayList<Long>();
        each((subject, evidences) -> {
            if (subject.kind() != Kind.POOL) {
                heard.add(evidences.heardAt());
            }
        });
        if (heard.isEmpty()) {
            return;
        }
        heard.sort(Comparator.naturalOrder());
        int giveWay = (int) Math.ceil(heard.size() * GIVE_WAY);
        long oldest = heard.get(giveWay - 1);
        int[] left = {giveWay};
        forget((subject, evidences) -> subject.kind() != Kind.POOL && evidences.heardAt() <= oldest && left[0]-- > 0);
    }

    private interface Doomed {
        boolean is(Subject subject, Evidences evidences);
    }

    private void forget(Doomed doomed) {
        known.forEach((kind, ofKind) -> ofKind.entrySet().removeIf(ofName -> {
            ofName.getValue().entrySet().removeIf(one -> {
                boolean gone = doomed.is(new Subject(kind, ofName.getKey(), one.getKey()), one.getValue());
                size -= gone ? 1 : 0;
                return gone;
            });
            return ofName.getValue().isEmpty();
        }));
    }

    private void each(BiConsumer<Subject, Evidences> reader) {
        known.forEach((kind, ofKind) -> ofKind.forEach((name, ofName) ->
                ofName.forEach((provider, evidences) -> reader.accept(new Subject(kind, name, provider), evidences))));
    }

    @Override
    public Reputation of(String pool, String provider) {
        Map<String, Evidences> ofPool = known.get(Kind.POOL).get(pool);
        Evidences evidences = ofPool == null ? null : ofPool.get(provider);
        if (evidences == null) {
            return unknown;
        }
        Evidences.Made made = evidences.made();
        Reputation last = made.reputation();
        return last != null && made.second() == second() ? last : make(evidences);
    }

    private synchronized Reputation make(Evidences evidences) {
        tick();
        var counts = new double[Evidences.SIZE];
        evidences.addTo(counts, fading, true);
        Reputation fresh = Reputation.of(counts, settings, z);
        evidences.made(new Evidences.Made(fading.second(), fresh));
        return fresh;
    }

    /** @return one to each subject, with each provider and with all of them together, as known now */
    public synchronized List<Map.Entry<Subject, Reputation>> all() {
        tick();
        var out = new ArrayList<Map.Entry<Subject, Reputation>>();
        known.forEach((kind, ofKind) -> ofKind.forEach((name, ofName) -> {
            var together = new double[Evidences.SIZE];
            ofName.forEach((provider, evidences) -> {
                evidences.addTo(together, fading, true);
                out.add(Map.entry(new Subject(kind, name, provider), make(evidences)));
            });
            out.add(Map.entry(new Subject(kind, name, null), Reputation.of(together, settings, z)));
        }));
        return out;
    }

    /** What changed since the last call: this node's own share. */
    public synchronized List<Row> takeChanged() {
        tick();
        var out = new ArrayList<Row>();
        each((subject, evidences) -> {
            if (evidences.takeUnwritten()) {
                var counts = new double[Evidences.SIZE];
                evidences.addTo(counts, fading, false);
                out.add(new Row(subject, fading.second(), counts));
            }
        });
        return out;
    }

    /** Those were not written after all. */
    public synchronized void giveBack(List<Row> rows) {
        rows.forEach(row -> evidencesOf(row.subject()).unwritten());
    }

    /** What this node had written before it was started again. To be called once, before it learns. */
    public synchronized void restore(Collection<Row> rows) {
        tick();
        rows.forEach(row -> evidencesOf(row.subject()).take(row.counts(), row.second(), true, fading));
    }

    /** All that the other nodes have written, in place of what they had. */
    public synchronized void others(Collection<Row> rows) {
        tick();
        each((subject, evidences) -> evidences.forgetOthers());
        rows.forEach(row -> evidencesOf(row.subject()).take(row.counts(), row.second(), false, fading));
    }

    private Evidences evidencesOf(Subject subject) {
        return at(subject.kind(), subject.name(), subject.provider() == null ? "" : subject.provider());
    }

    /** Lets go of what has faded; to be called every few seconds. */
    public synchronized void beat() {
        tick();
        if (fading.second() - sweptAt < SWEEP_SECONDS) {
            return;
        }
        sweptAt = fading.second();
        forget((subject, evidences) -> {
            var counts = new double[Evidences.SIZE];
            evidences.addTo(counts, fading, true);
            double sum = 0;
            for (double count : counts) {
                sum += count;
            }
            return sum < NOTHING;
        });
    }
}
