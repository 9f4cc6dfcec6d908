package dev.dromedary.report;

import dev.dromedary.history.Counts;
import dev.dromedary.history.SeriesSample;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a report of what was read. */
public final class ReportBuilder {
    private static final int MOST_STREAMS = 20;

    private ReportBuilder() {
    }

    /**
     * What a report is made of.
     *
     * @param before the steps of the span, and before them as many more as incidents are compared with
     */
    public record Material(Timeline span, Timeline before, HealthScore health, List<Happening> happenings, @Nullable List<Report.Alert> alerts, List<Report.Deed> deeds,
            List<Forecast> capacity) {
    }

    public static Report build(Material material, Instant now) {
        Timeline span = material.span();
        List<Step> known = span.known();
        List<MetricSummary> metrics = Arrays.stream(Metric.values()).map(metric -> MetricSummary.of(span, metric)).toList();
        List<Happening> happenings = Stream.concat(material.happenings().stream(), (material.alerts() == null ? List.<Report.Alert>of() : material.alerts()).stream().map(ReportBuilder::happening)).toList();
        Map<Pair, Counts> pairs = span.pairs();
        Map<Pair, Double> scores = Reputations.latest(span.steps());
        List<Cell> matrix = pairs.entrySet().stream().filter(one -> one.getValue().attempts() > 0).map(one -> cell(span, one.getKey(), one.getValue(), scores)).toList();
        Double throughput = metrics.get(Metric.MESSAGES_PER_SECOND.ordinal()).average();
        Instant last = known.isEmpty() ? null : known.get(known.size() - 1).at().plus(span.length());
        Instant until = last != null && last.isAfter(now) ? now : last;
        var draft = new Report(now, span, span.steps().size(), known.size(), until, span.total(), throughput, material.health(), metrics, matrix,
                span.by(one -> one.series().way()), streams(span), Incident.of(happenings, material.before(), now), material.alerts(), material.deeds(), material.capacity(),
                List.of());
        return new Report(now, span, draft.steps(), draft.known(), until, draft.totals(), throughput, draft.health(), metrics, matrix, draft.ways(), draft.streams(),
                draft.incidents(), draft.alerts(), draft.deeds(), draft.capacity(), Recommendations.of(draft, now));
    }

    private static Map<String, Counts> streams(Timeline span) {
        var out = new LinkedHashMap<String, Counts>();
        span.by((SeriesSample one) -> one.series().stream()).entrySet().stream().sorted(Comparator.comparing((Map.Entry<String, Counts> one) -> -one.getValue().attempts()))
                .limit(MOST_STREAMS).forEach(one -> out.put(one.getKey(), one.getValue()));
        return out;
    }

    private static Cell cell(Timeline span, Pair pair, Counts counts, Map<Pair, Double> scores) {
        double latency = span.times(pair, SeriesSample::smtp).mean();
        double delivery = span.times(pair, SeriesSample::delivery).percentile(0.95) / 1000;
        return new Cell(pair, counts, Double.isNaN(latency) ? null : latency, Double.isNaN(delivery) ? null : delivery, scores.get(pair));
    }

    private static Happening happening(Report.Alert alert) {
        return new Happening("alert", alert.metric(), alert.severity(), alert.since(), alert.active() ? null : alert.until(), alert.where(),
                alert.text() + (alert.subject().isEmpty() ? "" : " (" + alert.subject() + ")"), "", null);
    }
}
