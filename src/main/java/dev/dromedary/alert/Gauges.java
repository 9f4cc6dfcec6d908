package dev.dromedary.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Brings the gauges of all nodes together. A queue is each node's own; what is in the database, and scores, all nodes see alike. */
final class Gauges {
    private static final String LANE = "mail.lane.";
    private static final double PER_CENT = 100;

    private Gauges() {
    }

    static List<Reading> read(AlertMetric metric, By by, List<Stood> all) {
        return switch (metric) {
            case BACKLOG -> queues(by, all, Stood::mean, Double::sum, Double::sum);
            case QUEUE_AGE -> queues(by, all, Stood::high, Math::max, Math::max);
            case WAITING -> by == By.ALL ? total(seenByAll(all, Stood::label)) : readings(merged(seenByAll(all, Stood::label), label -> label.substring(label.indexOf('/') + 1), Double::sum));
            case REPUTATION -> by == By.POOL_PROVIDER ? readings(seenByAll(all, Stood::label)) : readings(lowest(all));
            case POOLS_AVAILABLE -> by == By.ALL ? total(seenByAll(all, Stood::label)) : readings(seenByAll(all, Stood::label));
            case HEAP_USED, DISK_USED -> ofNode(all, "used_percent", 1);
            case CPU_USED -> ofNode(all, "process", PER_CENT);
            case DATABASE_WRITE -> ofNode(all, "write_ms", 1);
            case ACCEPTED_PER_SECOND, DELIVERED_PER_SECOND, ERROR_RATE, DEFERRAL_RATE, COMPLAINT_RATE, SMTP_LATENCY, TIME_TO_DELIVERY ->
                    throw new IllegalStateException(metric.id() + " is counted");
        };
    }

    private static List<Reading> queues(By by, List<Stood> all, Function<Stood, Double> value, DoubleBinaryOperator overNodes, DoubleBinaryOperator overQueues) {
        Map<String, Double> queues = new TreeMap<>();
        all.stream().filter(one -> one.label().startsWith(LANE)).forEach(one -> queues.merge(one.label().substring(LANE.length()), value.apply(one), overNodes::applyAsDouble));
        if (by == By.QUEUE || queues.isEmpty()) {
            return readings(queues);
        }
        return List.of(new Reading("", queues.values().stream().mapToDouble(Double::doubleValue).reduce(overQueues).orElse(0), Reading.COUNTLESS));
    }

    private static Map<String, Double> seenByAll(List<Stood> all, Function<Stood, String> subject) {
        return new TreeMap<>(all.stream().collect(Collectors.groupingBy(subject, Collectors.averagingDouble(Stood::mean))));
    }

    /** Of each pool's providers. */
    private static Map<String, Double> lowest(List<Stood> all) {
        return merged(seenByAll(all, Stood::label), label -> label.substring(0, Math.max(0, label.indexOf('/'))), Math::min);
    }

    private static Map<String, Double> merged(Map<String, Double> values, Function<String, String> subject, DoubleBinaryOperator merge) {
        Map<String, Double> out = new TreeMap<>();
        values.forEach((label, value) -> out.merge(subject.apply(label), value, merge::applyAsDouble));
        return out;
    }

    private static List<Reading> total(Map<String, Double> values) {
        DoubleStream each = values.values().stream().mapToDouble(Double::doubleValue);
        return values.isEmpty() ? List.of() : List.of(new Reading("", each.sum(), Reading.COUNTLESS));
    }

    private static List<Reading> ofNode(List<Stood> all, String label, double factor) {
        var out = new ArrayList<Reading>();
        all.stream().filter(one -> one.label().equals(label)).forEach(one -> out.add(new Reading(one.node(), factor * one.mean(), Reading.COUNTLESS)));
        return out;
    }

    private static List<Reading> readings(Map<String, Double> values) {
        return values.entrySet().stream().map(one -> new Reading(one.getKey(), one.getValue(), Reading.COUNTLESS)).toList();
    }
}
