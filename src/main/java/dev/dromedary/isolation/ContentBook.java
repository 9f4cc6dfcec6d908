package dev.dromedary.isolation;

import dev.dromedary.forecast.Proportion;
import dev.dromedary.reputation.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What became of mail by what it is like, to each provider: which template, which link, which size and shape is refused more than the rest. Every refusal is
 * counted, and of all else one in {@value #SAMPLE}, for as many, as looking at a message costs some time. Counts halve every six hours. Bounded: {@value #MOST}
 * traits to a provider, and {@value #TEMPLATES} templates; those seldom seen are forgotten first. Safe for use by many threads.
 */
public final class ContentBook {
    static final int SAMPLE = 4;
    static final int MOST = 1_000;
    static final int TEMPLATES = 512;
    /** Bits of 64 in which two messages of one template may differ; those of different ones differ in 32 +- 4. */
    private static final int SAME = 10;
    private static final int MOST_PROVIDERS = 1_000;
    private static final int FEWEST = 200;
    private static final int FEWEST_BLOCKED = 10;
    private static final double LEVEL = 0.001;
    private static final long HALF_LIFE_SECONDS = 6 * 3_600;

    private final boolean enabled;
    private final InstantSource clock;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<Long, Double> templates = new HashMap<>();
    private final Map<String, Map<String, double[]>> counts = new HashMap<>();
    private final Map<String, double[]> totals = new HashMap<>();
    private Instant faded;

    private enum Figure { ALL, BLOCKED, DEFERRED, BOUNCED }

    /**
     * One trait that a provider refuses more than the rest.
     *
     * @param p how likely that is by chance, times the number of traits looked at
     */
    public record Suspect(String trait, String provider, long blocked, long total, double rest, double p) {
        public double share() {
            return (double) blocked / total;
        }

        public String text() {
            return String.format(Locale.ROOT, "%s is blocked at %s %.2g %% against %.2g %% for the rest (%d of %d, p < %s)", trait, provider, 100 * share(), 100 * rest, blocked,
                    total, p < 1e-6 ? "0.000001" : "0.001");
        }
    }

    /** Counts of one trait at a provider; estimates, as most mail is sampled. */
    public record Row(String trait, String provider, long total, long blocked, long deferred, long bounced) {
    }

    public ContentBook(boolean enabled, InstantSource clock) {
        this.enabled = enabled;
        this.clock = clock;
        this.faded = clock.instant();
    }

    /** An attempt to deliver the message came to this. */
    public void attempted(String provider, byte[] mime, Signal signal) {
        if (!enabled || signal == Signal.COMPLAINT) {
            return;
        }
        boolean bad = signal == Signal.BLOCKED;
        if (bad || turn.getAndIncrement() % SAMPLE == 0) {
            count(provider, ContentTraits.of(mime), signal, bad ? 1 : SAMPLE);
        }
    }

    synchronized void count(String provider, ContentTraits traits, Signal signal, int weight) {
        if (!counts.containsKey(provider) && counts.size() >= MOST_PROVIDERS) {
            return;
        }
        Map<String, double[]> ofProvider = counts.computeIfAbsent(provider, one -> new HashMap<>());
        add(totals.computeIfAbsent(provider, one -> new double[Figure.values().length]), signal, weight);
        if (ofProvider.size() > MOST - ContentTraits.MOST_LINKS - 3) {
            forgetSeldom(ofProvider);
        }
        List<String> names = new ArrayList<>(traits.links().size() + 3);
        names.add("template " + template(traits.fingerprint(), weight));
        names.add("size " + traits.size());
        names.add("shape " + traits.shape());
        traits.links().forEach(link -> names.add("link to " + link));
        names.forEach(name -> add(ofProvider.computeIfAbsent(name, one -> new double[Figure.values().length]), signal, weight));
    }

    private static void add(double[] counts, Signal signal, int weight) {
        counts[Figure.ALL.ordinal()] += weight;
        Figure figure = switch (signal) {
            case BLOCKED -> Figure.BLOCKED;
            case DEFERRED -> Figure.DEFERRED;
            case HARD_BOUNCE -> Figure.BOUNCED;
            case ACCEPTED, NEUTRAL, COMPLAINT -> Figure.ALL;
        };
        if (figure != Figure.ALL) {
            counts[figure.ordinal()] += weight;
        }
    }

    /** Its first message's fingerprint stands for a template. */
    private String template(long fingerprint, int weight) {
        Long nearest = templates.containsKey(fingerprint) ? Long.valueOf(fingerprint) : nearest(fingerprint);
        if (nearest == null) {
            if (templates.size() >= TEMPLATES) {
                double middle = middle(templates.values().stream().mapToDouble(Double::doubleValue).toArray());
                templates.values().removeIf(seen -> seen <= middle);
            }
            nearest = fingerprint;
        }
        templates.merge(nearest, (double) weight, Double::sum);
        return String.format(Locale.ROOT, "%016x", nearest);
    }

    private @Nullable Long nearest(long fingerprint) {
        Long nearest = null;
        int least = SAME + 1;
        for (Long known : templates.keySet()) {
            int distance = SimHash.distance(known, fingerprint);
            if (distance < least) {
                least = distance;
                nearest = known;
            }
        }
        return nearest;
    }

    private static void forgetSeldom(Map<String, double[]> ofProvider) {
        double middle = middle(ofProvider.values().stream().mapToDouble(one -> one[Figure.ALL.ordinal()]).toArray());
        ofProvider.values().removeIf(one -> one[Figure.ALL.ordinal()] <= middle);
    }

    private static double middle(double[] values) {
        java.util.Arrays.sort(values);
        return values[values.length / 2];
    }

    /** To be called now and then: what is old counts less. */
    public synchronized void beat() {
        long seconds = clock.instant().getEpochSecond() - faded.getEpochSecond();
        if (seconds < 600) {
            return;
        }
        faded = clock.instant();
        double left = Math.pow(0.5, (double) seconds / HALF_LIFE_SECONDS);
        templates.replaceAll((template, seen) -> seen * left);
        templates.values().removeIf(seen -> seen < 0.5);
        totals.values().forEach(one -> fade(one, left));
        counts.values().forEach(each -> {
            each.values().forEach(one -> fade(one, left));
            each.values().removeIf(one -> one[Figure.ALL.ordinal()] < 0.5);
        });
    }

    private static void fade(double[] counts, double left) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] *= left;
        }
    }

    /** What is refused more than the rest, at least twice as much and not by chance: the least likely first. */
    public synchronized List<Suspect> suspects() {
        List<Suspect> found = new ArrayList<>();
        counts.forEach((provider, traits) -> {
            double[] all = totals.get(provider);
            traits.forEach((trait, one) -> {
                Suspect suspect = suspect(trait, provider, one, all, traits.size());
                if (suspect != null) {
                    found.add(suspect);
                }
            });
        });
        found.sort(Comparator.comparingDouble(Suspect::p).thenComparing(Suspect::trait));
        return found;
    }

    private static @Nullable Suspect suspect(String trait, String provider, double[] one, double[] all, int looked) {
        long total = Math.round(one[Figure.ALL.ordinal()]);
        long blocked = Math.round(one[Figure.BLOCKED.ordinal()]);
        long restTotal = Math.max(0, Math.round(all[Figure.ALL.ordinal()]) - total);
        long restBlocked = Math.min(restTotal, Math.max(0, Math.round(all[Figure.BLOCKED.ordinal()]) - blocked));
        if (total < FEWEST || blocked < FEWEST_BLOCKED || blocked > total || restTotal < FEWEST) {
            return null;
        }
        var here = new Proportion(blocked, total);
        var rest = new Proportion(restBlocked, restTotal);
        if (here.share() < 2 * rest.share()) {
            return null;
        }
        double p = Math.min(1, here.sameAs(rest) * looked);
        return p < LEVEL ? new Suspect(trait, provider, blocked, total, rest.share(), p) : null;
    }

    /** The most frequent first. */
    public synchronized List<Row> rows(@Nullable String provider, int most) {
        List<Row> rows = new ArrayList<>();
        new LinkedHashMap<>(counts).forEach((one, traits) -> {
            if (provider == null || provider.equals(one)) {
                traits.forEach((trait, c) -> rows.add(new Row(trait, one, Math.round(c[0]), Math.round(c[1]), Math.round(c[2]), Math.round(c[3]))));
            }
        });
        rows.sort(Comparator.comparingLong(Row::total).reversed().thenComparing(Row::trait));
        return List.copyOf(rows.subList(0, Math.min(most, rows.size())));
    }
}
