package dev.dromedary.report;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Sample;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.history.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The history of a span of time, step by step and without gaps: a step that nobody sampled is there and not known. Immutable. */
public final class Timeline {
    private final Instant from;
    private final Instant to;
    private final Duration length;
    private final List<Step> steps;

    private Timeline(Duration length, Instant from, Instant to, List<Step> steps) {
        this.length = length;
        this.from = from;
        this.to = to;
        this.steps = List.copyOf(steps);
    }

    /**
     * @param samples of all nodes; those outside the span are left out
     * @param length  of a step: a minute or an hour
     * @param from    inclusive, on a step
     * @param to      exclusive, on a step
     */
    public static Timeline of(List<Sample> samples, Duration length, Instant from, Instant to) {
        Map<Instant, List<Sample>> byTime = new HashMap<>();
        samples.forEach(sample -> byTime.computeIfAbsent(sample.at(), key -> new ArrayList<>()).add(sample));
        var steps = new ArrayList<Step>();
        for (Instant at = from; at.isBefore(to); at = at.plus(length)) {
            steps.add(new Step(at, byTime.getOrDefault(at, List.of())));
        }
        return new Timeline(length, from, to, steps);
    }

    /** The part of it from the step that holds {@code from} to the one that holds what is just before {@code to}. */
    public Timeline part(Instant from, Instant to) {
        List<Step> in = steps.stream().filter(step -> step.at().isBefore(to) && step.at().plus(length).isAfter(from)).toList();
        return new Timeline(length, in.isEmpty() ? from : in.get(0).at(), in.isEmpty() ? from : in.get(in.size() - 1).at().plus(length), in);
    }

    public Instant from() {
        return from;
    }

    public Instant to() {
        return to;
    }

    public Duration length() {
        return length;
    }

    List<Step> steps() {
        return steps;
    }

    List<Step> known() {
        return steps.stream().filter(Step::known).toList();
    }

    /** The last so many that are known. */
    List<Step> latest(int most) {
        List<Step> known = known();
        return known.subList(Math.max(0, known.size() - most), known.size());
    }

    /** The share of steps that are known, 0 to 1. */
    double coverage() {
        return steps.isEmpty() ? 0 : (double) known().size() / steps.size();
    }

    Counts total() {
        return total(steps);
    }

    static Counts total(List<Step> steps) {
        return steps.stream().map(Step::counts).reduce(Counts.ZERO, Counts::plus);
    }

    /** Attempts and complaints of each pool towards each provider. */
    Map<Pair, Counts> pairs() {
        var out = new TreeMap<Pair, Counts>();
        steps.forEach(step -> step.pairs().forEach((pair, counts) -> out.merge(pair, counts, Counts::plus)));
        return out;
    }

    /** Of what a part covers. */
    Counts of(Pair part) {
        return pairs().entrySet().stream().filter(one -> part.covers(one.getKey())).map(Map.Entry::getValue).reduce(Counts.ZERO, Counts::plus);
    }

    /** Accepted messages by way in, or attempts by stream. */
    Map<String, Counts> by(Function<SeriesSample, String> key) {
        var out = new TreeMap<String, Counts>();
        steps.forEach(step -> step.samples().forEach(sample -> sample.series().forEach(one -> {
            String name = key.apply(one);
            if (!name.isEmpty()) {
                out.merge(name, one.counts(), Counts::plus);
            }
        })));
        return out;
    }

    static Spread spread(List<Step> steps, Function<Step, Spread> of) {
        var all = new Spread();
        steps.forEach(step -> all.add(of.apply(step)));
        return all;
    }

    /** Times of one pair. */
    Spread times(Pair part, Function<SeriesSample, Spread> of) {
        var all = new Spread();
        steps.forEach(step -> step.samples().forEach(sample -> sample.series().stream()
                .filter(one -> one.series().way().isEmpty() && part.covers(new Pair(one.series().provider(), one.series().pool()))).forEach(one -> all.add(of.apply(one)))));
        return all;
    }
}
