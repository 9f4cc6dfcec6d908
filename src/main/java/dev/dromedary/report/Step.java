package dev.dromedary.report;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Gauge;
import dev.dromedary.history.Sample;
import dev.dromedary.history.Series;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.history.Spread;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What all nodes saw in a minute or an hour. Rates are sums of each node's own, so that a node that was there for a part of the step counts in full. */
final class Step {
    private final Instant at;
    private final List<Sample> samples;
    private Counts counts = Counts.ZERO;
    private final Spread delivery = new Spread();
    private final Spread smtp = new Spread();
    private final Map<Pair, Counts> pairs = new TreeMap<>();

    Step(Instant at, List<Sample> samples) {
        this.at = at;
        this.samples = List.copyOf(samples);
        for (Sample sample : samples) {
            for (SeriesSample one : sample.series()) {
                counts = counts.plus(one.counts());
                delivery.add(one.delivery());
                smtp.add(one.smtp());
                if (one.series().way().isEmpty()) {
                    pairs.merge(new Pair(one.series().provider(), one.series().pool()), one.counts(), Counts::plus);
                }
            }
        }
    }

    Instant at() {
        return at;
    }

    List<Sample> samples() {
        return samples;
    }

    /** False where nobody took a sample: then nothing is known, which is not zero. */
    boolean known() {
        return samples.stream().anyMatch(sample -> sample.seconds() > 0);
    }

    Counts counts() {
        return counts;
    }

    Spread delivery() {
        return delivery;
    }

    Spread smtp() {
        return smtp;
    }

    Map<Pair, Counts> pairs() {
        return pairs;
    }

    /** A second. @return NaN where nothing is known */
    double rate(ToLongFunction<Counts> of) {
        return rate(any -> true, of);
    }

    /** A second, of some series. @return NaN where nothing is known */
    double rate(Predicate<Series> which, ToLongFunction<Counts> of) {
        return !known() ? Double.NaN : samples.stream().filter(sample -> sample.seconds() > 0).mapToDouble(
                sample -> sample.series().stream().filter(one -> which.test(one.series())).mapToLong(one -> of.applyAsLong(one.counts())).sum() / sample.seconds()).sum();
    }

    /** Mean of each label, over nodes that see the same thing: what is in the database, and scores that they share. */
    Map<String, Double> shared(String gauge) {
        Map<String, double[]> sums = new HashMap<>();
        gauges(gauge).forEach(one -> {
            double[] sum = sums.computeIfAbsent(one.label(), key -> new double[2]);
            sum[0] += one.total();
            sum[1] += one.samples();
        });
        var out = new TreeMap<String, Double>();
        sums.forEach((label, sum) -> out.put(label, sum[0] / sum[1]));
        return out;
    }

    /** Mean of each label, added up over nodes: each has its own. */
    Map<String, Double> own(String gauge) {
        var out = new TreeMap<String, Double>();
        gauges(gauge).forEach(one -> out.merge(one.label(), one.mean(), Double::sum));
        return out;
    }

    /** Of the label, the worst node's. @return NaN where nothing is known */
    double highest(String gauge, String label) {
        return gauges(gauge).stream().filter(one -> one.label().equals(label)).mapToDouble(Gauge::high).max().orElse(Double.NaN);
    }

    private List<Gauge> gauges(String name) {
        return samples.stream().flatMap(sample -> sample.gauges().stream()).filter(one -> one.name().equals(name) && one.samples() > 0).toList();
    }
}
