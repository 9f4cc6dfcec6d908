package dev.dromedary.reputation;

import dev.dromedary.config.ReputationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is made of the evidence about one subject at one moment.
 *
 * @param score    0 to 1; what nothing is known of has the configured score of the unproven
 * @param parts    one to each grievance, in their order
 * @param accepted decayed count of accepted messages
 * @param logOdds  of the score, with the prior of the unproven worth {@value #PRIOR} attempts
 * @param spread   standard deviation of that
 */
public record Reputation(double score, List<Part> parts, double accepted, double logOdds, double spread) {
    private static final double PRIOR = 10;
    /** Keeps the logarithm of what is sure finite. */
    private static final double LEAST = 0.5;

    /** @param counts decayed to now: of each grievance the bad, then of each the attempts, then the accepted messages */
    static Reputation of(double[] counts, ReputationSettings terms, double z) {
        var parts = new ArrayList<Part>(Evidences.GRIEVANCES.length);
        double kept = 1;
        for (Grievance each : Evidences.GRIEVANCES) {
            Part part = Part.of(each, counts[Evidences.bad(each)], counts[Evidences.attempts(each)], each.in(terms), z);
            parts.add(part);
            kept *= part.keeps();
        }
        double accepted = counts[Evidences.ACCEPTED];
        double score = kept * proven(accepted, terms);
        double volume = counts[Evidences.attempts(Grievance.BLOCK)];
        double up = Math.max(LEAST, PRIOR * terms.unproven() + volume * score);
        double down = Math.max(LEAST, PRIOR * (1 - terms.unproven()) + volume * (1 - score));
        return new Reputation(score, List.copyOf(parts), accepted, digamma(up) - digamma(down), Math.sqrt(trigamma(up) + trigamma(down)));
    }

    private static double proven(double accepted, ReputationSettings terms) {
        return 1 - (1 - terms.unproven()) * terms.provenAfter() / (terms.provenAfter() + accepted);
    }

    /** Near enough for 0.5 and more: the first term of the series about x - 1/2. */
    private static double digamma(double x) {
        return Math.log(x - 0.5 + 1 / (24 * x));
    }

    private static double trigamma(double x) {
        return 1 / x + 1 / (2 * x * x) + 1 / (6 * x * x * x);
    }

    public Part part(Grievance grievance) {
        return parts.get(grievance.ordinal());
    }

    /** The arithmetic in one sentence, dearest first. */
    public String text() {
        String number = String.format(Locale.ROOT, "%.2f", score);
        double attempts = part(Grievance.BLOCK).of();
        if (attempts < 0.5 && parts.stream().noneMatch(Part::costs)) {
            return number + ": nothing is known yet";
        }
        List<Part> costly = parts.stream().filter(Part::costs).sorted((a, b) -> Double.compare(a.keeps(), b.keeps())).toList();
        if (costly.isEmpty()) {
            return String.format(Locale.ROOT, "%s: nothing is held against it in %.0f attempts, %.0f of them accepted", number, attempts, accepted);
        }
        return number + " because " + costly.stream().map(Part::text).collect(Collectors.joining(", "));
    }
}
