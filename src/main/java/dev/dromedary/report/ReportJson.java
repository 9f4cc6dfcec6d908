package dev.dromedary.report;

import dev.dromedary.history.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports as plain maps and lists for JSON; docs/http-api.md describes them. What is not known is null. Fields that the seed names have its names. */
public final class ReportJson {
    private static final double MINUTE = 60;

    private ReportJson() {
    }

    public static Map<String, @Nullable Object> health(HealthScore health) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("score", health.score());
        out.put("band", health.band().id());
        out.put("parts", health.parts().stream().map(part -> {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put("name", part.name());
            one.put("score", part.score());
            one.put("weight", part.weight());
            one.put("share", health.share(part));
            one.put("why", part.why());
            return one;
        }).toList());
        out.put("missing", health.missing());
        return out;
    }

    public static Map<String, @Nullable Object> forecast(Forecast one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("subject", one.subject());
        out.put("metric", one.metric());
        out.put("unit", one.unit());
        out.put("now", one.now());
        out.put("limit", one.limit());
        out.put("growth_per_day", one.growthPerDay());
        out.put("reached_at", one.reachedAt());
        out.put("reached_earliest", one.reachedEarliest());
        out.put("reached_latest", one.reachedLatest());
        out.put("why", one.why());
        return out;
    }

    /** All figures, without charts. */
    public static Map<String, @Nullable Object> report(Report report) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("generated_at", report.generatedAt());
        out.put("time_range", range(report));
        out.put("executive_summary", summary(report));
        out.put("detailed_metrics", metrics(report));
        out.put("trend_analysis", trends(report));
        out.put("matrix", report.matrix().stream().map(ReportJson::cell).toList());
        out.put("ways", counted(report.ways(), true));
        out.put("streams", counted(report.streams(), false));
        out.put("incidents", report.incidents().stream().map(ReportJson::incident).toList());
        out.put("alerts", alerts(report));
        out.put("operators", report.deeds().stream().map(ReportJson::deed).toList());
        out.put("capacity", report.capacity().stream().map(ReportJson::forecast).toList());
        out.put("recommendations", report.recommendations().stream().map(ReportJson::recommendation).toList());
        out.put("series", series(report));
        return out;
    }

    private static Map<String, @Nullable Object> range(Report report) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("start", report.timeline().from());
        out.put("end", report.end());
        out.put("duration_hours", Duration.between(report.timeline().from(), report.end()).toSeconds() / 3600.0);
        out.put("step_seconds", report.timeline().length().toSeconds());
        out.put("steps", report.steps());
        out.put("steps_known", report.known());
        out.put("data_until", report.dataUntil());
        return out;
    }

    private static Map<String, @Nullable Object> summary(Report report) {
        Counts counts = report.totals();
        boolean none = report.empty();
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("total_messages_processed", none ? null : counts.delivered() + counts.bounced() + counts.expired());
        out.put("accepted", none ? null : counts.accepted());
        out.put("attempts", none ? null : counts.attempts());
        out.put("delivered", none ? null : counts.delivered());
        out.put("deferred", none ? null : counts.deferred());
        out.put("bounced", none ? null : counts.bounced());
        out.put("expired", none ? null : counts.expired());
        out.put("complaints", none ? null : counts.complaints());
        out.put("waiting", rounded(report.waiting()));
        out.put("average_throughput", report.throughput());
        out.put("error_rate", report.metric(Metric.ERROR_RATE).average());
        Map<String, @Nullable Object> health = health(report.health());
        health.put("active_alerts", report.activeCount());
        out.put("infrastructure_health", health);
        out.put("active_alerts", report.activeCount());
        return out;
    }

    private static Map<String, Object> metrics(Report report) {
        var out = new LinkedHashMap<String, Object>();
        for (MetricSummary one : report.metrics()) {
            var metric = new LinkedHashMap<String, @Nullable Object>();
            metric.put("unit", one.metric().unit());
            metric.put("count", one.count());
            metric.put("samples", one.samples());
            metric.put("average", one.average());
            metric.put("min", one.min());
            metric.put("max", one.max());
            metric.put("std_dev", one.stdDev());
            metric.put("latest", one.latest());
            out.put(one.metric().id(), metric);
        }
        return out;
    }

    private static Map<String, Object> trends(Report report) {
        var out = new LinkedHashMap<String, Object>();
        for (MetricSummary one : report.metrics()) {
            Course course = one.course();
            var trend = new LinkedHashMap<String, @Nullable Object>();
            trend.put("direction", course.direction().id());
            trend.put("strength", 1 - course.p());
            trend.put("p", course.p());
            trend.put("slope_per_day", Double.isNaN(course.slopePerDay()) ? null : course.slopePerDay());
            trend.put("change_percent", course.change());
            trend.put("why", course.why());
            out.put(one.metric().id(), trend);
        }
        return out;
    }

    private static Map<String, @Nullable Object> counts(Counts counts) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("attempts", counts.attempts());
        out.put("delivered", counts.delivered());
        out.put("deferred", counts.deferred());
        out.put("bounced", counts.bounced());
        out.put("expired", counts.expired());
        out.put("complaints", counts.complaints());
        return out;
    }

    private static Map<String, @Nullable Object> cell(Cell cell) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("provider", cell.pair().provider());
        out.put("pool", cell.pair().pool());
        out.putAll(counts(cell.counts()));
        out.put("latency_ms", cell.latency());
        out.put("delivery_p95_seconds", cell.delivery95());
        out.put("reputation", cell.reputation());
        return out;
    }

    private static List<Object> counted(Map<String, Counts> all, boolean accepted) {
        var out = new ArrayList<Object>();
        all.forEach((name, counts) -> {
            Map<String, @Nullable Object> one = accepted ? new LinkedHashMap<>(Map.of("accepted", counts.accepted())) : counts(counts);
            one.put("name", name);
            out.add(one);
        });
        return out;
    }

    private static Map<String, @Nullable Object> incident(Incident incident) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("provider", incident.where().provider().isEmpty() ? null : incident.where().provider());
        out.put("pool", incident.where().pool().isEmpty() ? null : incident.where().pool());
        out.put("severity", incident.severity());
        out.put("from", incident.from());
        out.put("to", incident.to());
        out.put("cause", incident.cause());
        out.put("effect", incident.effect());
        out.put("before", flow(incident.before()));
        out.put("during", flow(incident.during()));
        out.put("waiting", rounded(incident.waiting()));
        out.put("happenings", incident.happenings().stream().map(ReportJson::happening).toList());
        return out;
    }

    private static @Nullable Map<String, @Nullable Object> flow(Incident.@Nullable Flow flow) {
        if (flow == null) {
            return null;
        }
        Map<String, @Nullable Object> out = counts(flow.counts());
        out.put("delivered_per_second", flow.delivered());
        return out;
    }

    private static @Nullable Long rounded(@Nullable Double messages) {
        return messages == null ? null : Long.valueOf(Math.round(messages));
    }

    private static Map<String, @Nullable Object> happening(Happening one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("kind", one.kind());
        out.put("at", one.at());
        out.put("end", one.end());
        out.put("cause", one.cause());
        out.put("done", one.done().isEmpty() ? null : one.done());
        out.put("ended", one.ended());
        return out;
    }

    private static Map<String, @Nullable Object> alerts(Report report) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        var severities = new LinkedHashMap<String, Integer>();
        report.activeAlerts().forEach(alert -> severities.merge(alert.severity(), 1, Integer::sum));
        all.put("active_count", report.activeCount());
        all.put("by_severity", severities);
        all.put("details", report.alerts() == null ? null : report.alerts().stream().map(alert -> {
            var out = new LinkedHashMap<String, @Nullable Object>();
            out.put("metric", alert.metric());
            out.put("severity", alert.severity());
            out.put("state", alert.state());
            out.put("subject", alert.subject());
            out.put("since", alert.since());
            out.put("duration_minutes", Duration.between(alert.since(), alert.until()).toSeconds() / MINUTE);
            out.put("description", alert.text());
            return out;
        }).toList());
        return all;
    }

    private static Map<String, @Nullable Object> deed(Report.Deed deed) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("at", deed.at());
        out.put("by", deed.by());
        out.put("action", deed.action());
        out.put("subject", deed.subject());
        out.put("reason", deed.reason());
        out.put("messages", deed.messages());
        return out;
    }

    private static Map<String, Object> recommendation(Recommendation one) {
        var out = new LinkedHashMap<String, Object>();
        out.put("priority", one.priority().id());
        out.put("category", one.category());
        out.put("description", one.description());
        out.put("rests_on", one.restsOn());
        out.put("actions", one.actions());
        return out;
    }

    /** The values that the charts draw, step by step. */
    private static Map<String, Object> series(Report report) {
        var out = new LinkedHashMap<String, Object>();
        List<Step> steps = report.timeline().steps();
        out.put("at", steps.stream().map(Step::at).toList());
        for (Metric metric : Metric.values()) {
            var values = new ArrayList<@Nullable Double>();
            steps.forEach(step -> {
                double value = metric.of(step);
                values.add(Double.isNaN(value) ? null : value);
            });
            out.put(metric.id(), values);
        }
        return out;
    }
}
