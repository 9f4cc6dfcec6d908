package dev.dromedary.report;

import dev.dromedary.history.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a report says, before it has a form. Every figure is of the history; what is not known is null.
 *
 * @param steps      in the span, of which {@code known} have a sample
 * @param dataUntil  the end of the last step with a sample, at most when it was made; null of none
 * @param throughput delivered a second over the steps that are known, or null
 * @param health     at the end of the span
 * @param ways       accepted messages by way in
 * @param streams    attempts by stream, the busiest first
 * @param alerts     of the span, or null where nothing alerts
 * @param deeds      what operators did, the earliest first
 */
public record Report(Instant generatedAt, Timeline timeline, int steps, int known, @Nullable Instant dataUntil, Counts totals, @Nullable Double throughput, HealthScore health,
        List<MetricSummary> metrics, List<Cell> matrix, Map<String, Counts> ways, Map<String, Counts> streams, List<Incident> incidents, @Nullable List<Alert> alerts, List<Deed> deeds,
        List<Forecast> capacity, List<Recommendation> recommendations) {

    /** One entry of the audit log. */
    public record Deed(Instant at, String by, String action, String subject, String reason, @Nullable Long messages) {
    }

    /**
     * One alert of the span.
     *
     * @param state open, acknowledged or resolved
     * @param where the pool and provider that it is of, where it is of one
     * @param until now, or when it was resolved
     */
    public record Alert(String metric, String severity, String state, String subject, Pair where, Instant since, Instant until, String text) {
        public boolean active() {
            return !state.equals("resolved");
        }
    }

    /** Nothing is known of the whole span. */
    public boolean empty() {
        return known == 0;
    }

    /** Of the span; where the last step was under way, when it was made. */
    public Instant end() {
        return generatedAt.isAfter(timeline.from()) && generatedAt.isBefore(timeline.to()) ? generatedAt : timeline.to();
    }

    /** Queued and waiting when it was last known. @return null where it never was */
    public @Nullable Double waiting() {
        return metric(Metric.BACKLOG).latest();
    }

    public MetricSummary metric(Metric metric) {
        return metrics.stream().filter(one -> one.metric() == metric).findFirst().orElseThrow();
    }

    public List<Alert> activeAlerts() {
        return alerts == null ? List.of() : alerts.stream().filter(Alert::active).toList();
    }

    /** @return null where nothing alerts: then it is not known */
    public @Nullable Integer activeCount() {
        return alerts == null ? null : Integer.valueOf(activeAlerts().size());
    }
}
