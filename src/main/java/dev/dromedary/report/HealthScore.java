package dev.dromedary.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How well the sending goes, 0 to 1. Weights, bands and the form of each part are those of the seed's monitor: throughput by what is usual .30, errors .25 (none is
 * 1, 10 % is 0), latency .20 (as usual is 1, twice as usual is 0), reputation .25. Each part is kept within 0 and 1. A part without data is no part of the
 * score: the others keep their weights among themselves, and it is said. Where the parts that are known have less than 0.4 of the weight there is no score: a good
 * name alone is no health.
 *
 * @param score null where too little is known
 * @param parts all four, in the order above
 */
public record HealthScore(@Nullable Double score, HealthBand band, List<Part> parts) {
    static final double WORST_ERRORS = 10;
    private static final double LEAST_WEIGHT = 0.4;
    private static final double ROUNDING = 1e-9;

    public HealthScore {
        parts = List.copyOf(parts);
    }

    /**
     * @param score  0 to 1, or null where there is no data
     * @param weight of the four, which add up to 1
     * @param why    the figures behind it
     */
    public record Part(String name, @Nullable Double score, double weight, String why) {
    }

    /**
     * A figure and where it comes from.
     *
     * @param value NaN where it is not known; then {@code what} says why
     */
    public record Reading(double value, String what) {
        public static Reading missing(String why) {
            return new Reading(Double.NaN, why);
        }

        boolean known() {
            return !Double.isNaN(value);
        }
    }

    /**
     * @param throughput  messages a second
     * @param usual       what they are compared with, above 0
     * @param errors      per cent of attempts that failed for good
     * @param latency     milliseconds
     * @param usualLatency above 0
     * @param reputation  0 to 1
     */
    public static HealthScore of(Reading throughput, Reading usual, Reading errors, Reading latency, Reading usualLatency, Reading reputation) {
        return of(List.of(
                part("throughput", 0.30, throughput, usual, throughput.value() / usual.value(), "%.3g messages a second %s; expected %.3g, %s"),
                part("error_rate", 0.25, errors, new Reading(WORST_ERRORS, ""), 1 - errors.value() / WORST_ERRORS, "%.3g %% of attempts %s; 0 %% is 1, %.3g %% is 0"),
                part("latency", 0.20, latency, usualLatency, 1 - (latency.value() - usualLatency.value()) / usualLatency.value(), "%.4g ms %s; expected %.4g, %s"),
                part("reputation", 0.25, reputation, new Reading(1, ""), reputation.value(), "%.3g %s")));
    }

    private static Part part(String name, double weight, Reading is, Reading usual, double score, String form) {
        if (!is.known() || !usual.known()) {
            return new Part(name, null, weight, "no data: " + (is.known() ? usual : is).what());
        }
        return new Part(name, Math.max(0, Math.min(1, score)), weight, String.format(Locale.ROOT, form, is.value(), is.what(), usual.value(), usual.what()));
    }

    private static HealthScore of(List<Part> parts) {
        double sum = 0;
        double weights = 0;
        for (Part part : parts) {
            if (part.score() != null) {
                sum += part.score() * part.weight();
                weights += part.weight();
            }
        }
        Double score = weights < LEAST_WEIGHT - ROUNDING ? null : Double.valueOf(Math.max(0, Math.min(1, sum / weights)));
        return new HealthScore(score, HealthBand.of(score), parts);
    }

    /** The weight a part has in this score: more than its own where others have no data, 0 where it has none. */
    public double share(Part part) {
        double weights = parts.stream().filter(one -> one.score() != null).mapToDouble(Part::weight).sum();
        return part.score() == null ? 0 : part.weight() / weights;
    }

    public List<String> missing() {
        return parts.stream().filter(part -> part.score() == null).map(Part::name).toList();
    }
}
