package dev.dromedary.report;

import dev.dromedary.history.Counts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reputations of pools with providers as the history has them. */
final class Reputations {
    private static final String GAUGE = "reputation";

    private Reputations() {
    }

    /** Of each pair, the latest that is known. */
    static Map<Pair, Double> latest(List<Step> steps) {
        var out = new TreeMap<Pair, Double>();
        steps.forEach(step -> step.shared(GAUGE).forEach((label, score) -> out.put(pair(label), score)));
        return out;
    }

    /** Of one pair in one step. @return NaN where it is not known */
    static double of(Step step, Pair where) {
        return step.shared(GAUGE).entrySet().stream().filter(one -> pair(one.getKey()).equals(where)).mapToDouble(Map.Entry::getValue).findFirst().orElse(Double.NaN);
    }

    /** The mean over steps and pairs, weighed by attempts; of pairs alike where nothing was sent. @return NaN where none is known */
    static double mean(List<Step> steps) {
        double weighed = 0;
        double weights = 0;
        double plain = 0;
        long count = 0;
        for (Step step : steps) {
            for (Map.Entry<String, Double> one : step.shared(GAUGE).entrySet()) {
                long attempts = step.pairs().getOrDefault(pair(one.getKey()), Counts.ZERO).attempts();
                weighed += attempts * one.getValue();
                weights += attempts;
                plain += one.getValue();
                count++;
            }
        }
        return weights > 0 ? weighed / weights : count > 0 ? plain / count : Double.NaN;
    }

    /** The label is "pool/provider". */
    private static Pair pair(String label) {
        int slash = label.indexOf('/');
        return slash < 0 ? new Pair("", label) : new Pair(label.substring(slash + 1), label.substring(0, slash));
    }
}
