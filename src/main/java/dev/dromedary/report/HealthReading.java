package dev.dromedary.report;

import dev.dromedary.forecast.Band;
import dev.dromedary.forecast.HourOfWeek;
import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.history.Counts;
import dev.dromedary.history.Spread;
import dev.dromedary.report.HealthScore.Reading;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the health of the latest steps off the history. Throughput, errors and latency are of the last 10 steps that are known, reputation of the last 5 (the
 * seed's windows); of messages, not means of means.
 *
 * @param throughput  expected messages a second, or null for what is usual at this hour of the week
 * @param latency     that is expected of a conversation with a server
 */
public record HealthReading(@Nullable Double throughput, Duration latency) {
    static final int STEPS = 10;
    static final int REPUTATION_STEPS = 5;
    /** Of messages that were there and did not go out: fewer may be one that bounced. */
    private static final int FEWEST = 10;
    /** Of the hours that make what is usual. */
    public static final Duration USUAL = Duration.ofDays(28);

    /**
     * @param recent steps that end where the health is asked for
     * @param usual  delivered a second in hours before, of {@link #USUAL}; may be none
     */
    public HealthScore score(Timeline recent, TimeSeries usual) {
        List<Step> steps = recent.part(recent.to().minus(recent.length().multipliedBy(STEPS)), recent.to()).known();
        if (steps.isEmpty()) {
            Reading none = Reading.missing("no sample in the " + span(recent.length(), STEPS) + " before " + recent.to());
            return HealthScore.of(none, none, none, none, none, none);
        }
        String what = "over " + span(recent.length(), steps.size());
        Counts counts = Timeline.total(steps);
        Reading throughput = new Reading(steps.stream().mapToDouble(step -> step.rate(Counts::delivered)).average().orElse(Double.NaN), what);
        Reading errors = counts.attempts() == 0 ? Reading.missing("no attempts " + what)
                : new Reading(counts.errorRate(), "of " + counts.attempts() + " " + what);
        Spread smtp = Timeline.spread(steps, Step::smtp);
        Reading latency = smtp.count() == 0 ? Reading.missing("no conversations " + what) : new Reading(smtp.mean(), "a conversation, mean of " + smtp.count() + " " + what);
        return HealthScore.of(throughput, expected(steps, usual, counts.delivered(), what), errors, latency, new Reading(latency().toMillis(), "by report.expected-latency"), reputation(recent));
    }

    /** What is usual, but no more than there was to send: who is handed little is not ill. Where nothing at all went out, what is usual need not be known. */
    private Reading expected(List<Step> steps, TimeSeries usual, long delivered, String what) {
        Step first = steps.get(0);
        double waiting = sum(first.own("queue"), "mail.lane.") + sum(first.shared("waiting"), "held/") + sum(first.shared("waiting"), "paced/");
        double seconds = steps.stream().mapToDouble(step -> step.samples().stream().mapToDouble(sample -> sample.seconds()).max().orElse(0)).sum();
        double demand = steps.stream().mapToDouble(step -> step.rate(Counts::accepted)).average().orElse(0) + waiting / seconds;
        Reading known = throughput != null ? new Reading(throughput, "by report.expected-throughput") : usualAt(steps.get(steps.size() - 1), usual);
        if (demand <= 0) {
            return Reading.missing("nothing was there to be sent " + what);
        }
        if (!known.known() && delivered == 0 && demand * seconds >= FEWEST) {
            return new Reading(demand, "as so much was there to be sent");
        }
        return known.known() && demand < known.value() ? new Reading(demand, "as no more was there to be sent") : known;
    }

    private static double sum(Map<String, Double> gauges, String prefix) {
        return gauges.entrySet().stream().filter(one -> one.getKey().startsWith(prefix)).mapToDouble(Map.Entry::getValue).sum();
    }

    private static Reading usualAt(Step at, TimeSeries usual) {
        Optional<Band> band = HourOfWeek.of(usual, ZoneOffset.UTC).at(at.at(), 0);
        if (band.isEmpty() || band.get().expected() <= 0) {
            return Reading.missing("the history does not say what is usual at this hour; give report.expected-throughput");
        }
        return new Reading(band.get().expected(), "usual at this hour by " + usual.size() + " hours of history");
    }

    /** Each pool's with each provider, by how much was sent there; where nothing was, all alike. */
    private static Reading reputation(Timeline recent) {
        List<Step> steps = recent.part(recent.to().minus(recent.length().multipliedBy(REPUTATION_STEPS)), recent.to()).known();
        double score = Reputations.mean(steps);
        return Double.isNaN(score) ? Reading.missing("no pool has a reputation with a provider in the last " + span(recent.length(), REPUTATION_STEPS))
                : new Reading(score, "of pools with providers, by mail, over " + span(recent.length(), steps.size()));
    }

    private static String span(Duration step, int steps) {
        return steps + (step.toMinutes() == 1 ? " minute" : " hour") + (steps == 1 ? "" : "s");
    }
}
