package dev.dromedary.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Samples of all nodes as columns, a place for each minute or hour. A time of which there is no sample has no value (null), never zero: nothing is known of it.
 * Not thread-safe.
 */
public final class Columns {
    private final Instant from;
    private final Duration step;
    private final int length;
    private final Function<Series, String> name;
    private final boolean[] known;
    private final TreeMap<String, Column> columns = new TreeMap<>();
    private final TreeMap<GaugeKey, @Nullable Double[]> gauges = new TreeMap<>();

    /** What a gauge of a node showed on the average, by time. */
    public record GaugeColumn(String node, String name, String label, List<@Nullable Double> mean) {
    }

    private record GaugeKey(String node, String name, String label) implements Comparable<GaugeKey> {
        @Override
        public int compareTo(GaugeKey other) {
            return java.util.Comparator.comparing(GaugeKey::node).thenComparing(GaugeKey::name).thenComparing(GaugeKey::label).compare(this, other);
        }
    }

    /** One series: its counts by time, how long deliveries took by time, and all of it together. */
    public final class Column {
        private final Counts[] counts = new Counts[length];
        private final Spread[] delivery = new Spread[length];
        private final Spread allDelivery = new Spread();
        private final Spread allSmtp = new Spread();

        private void add(int at, SeriesSample one) {
            counts[at] = counts[at] == null ? one.counts() : counts[at].plus(one.counts());
            delivery[at] = (delivery[at] == null ? new Spread() : delivery[at]).add(one.delivery());
            allDelivery.add(one.delivery());
            allSmtp.add(one.smtp());
        }

        public List<@Nullable Long> counts(Function<Counts, Long> what) {
            return values(at -> known[at] ? what.apply(counts[at] == null ? Counts.ZERO : counts[at]) : null);
        }

        /** In milliseconds; null also where nothing was delivered. */
        public List<@Nullable Double> delivery(double share) {
            return values(at -> delivery[at] == null || delivery[at].count() == 0 ? null : delivery[at].percentile(share));
        }

        public Spread allDelivery() {
            return allDelivery;
        }

        public Spread allSmtp() {
            return allSmtp;
        }
    }

    /**
     * @param from start of the first minute or hour
     * @param length how many there are
     * @param name   of the series that a row counts for
     */
    public Columns(Instant from, Duration step, int length, Function<Series, String> name) {
        this.from = from;
        this.step = step;
        this.length = length;
        this.name = name;
        this.known = new boolean[length];
    }

    /** @param gaugeNames of the gauges that are wanted */
    public void add(Sample sample, Collection<String> gaugeNames) {
        int at = (int) (Duration.between(from, sample.at()).toSeconds() / step.toSeconds());
        if (sample.at().isBefore(from) || at >= length) {
            return;
        }
        known[at] = true;
        sample.series().forEach(one -> columns.computeIfAbsent(name.apply(one.series()), key -> new Column()).add(at, one));
        sample.gauges().stream().filter(one -> gaugeNames.contains(one.name()))
                .forEach(one -> gauges.computeIfAbsent(new GaugeKey(sample.node(), one.name(), one.label()), key -> new Double[length])[at] = one.mean());
    }

    public List<Instant> times() {
        return values(at -> from.plus(step.multipliedBy(at)));
    }

    public Map<String, Column> columns() {
        return columns;
    }

    /** Of no series at all: what is known to be zero, or not known. */
    public Column none() {
        return new Column();
    }

    public List<GaugeColumn> gauges() {
        return gauges.entrySet().stream().map(one -> new GaugeColumn(one.getKey().node(), one.getKey().name(), one.getKey().label(), values(at -> one.getValue()[at]))).toList();
    }

    private <T> List<T> values(Function<Integer, T> of) {
        var out = new ArrayList<T>(length);
        for (int at = 0; at < length; at++) {
            out.add(of.apply(at));
        }
        return out;
    }
}
