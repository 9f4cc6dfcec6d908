package dev.dromedary.report.page;

import static dev.dromedary.report.Figures.count;
import static dev.dromedary.report.Figures.percent;
import static dev.dromedary.report.Figures.plain;
import static dev.dromedary.report.Figures.text;

import dev.dromedary.history.Counts;
import dev.dromedary.report.Cell;
import dev.dromedary.report.Figures;
import dev.dromedary.report.Forecast;
import dev.dromedary.report.HealthScore;
import dev.dromedary.report.Incident;
import dev.dromedary.report.Metric;
import dev.dromedary.report.MetricSummary;
import dev.dromedary.report.Recommendation;
import dev.dromedary.report.Report;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page's template fills in: texts only. */
final class ReportView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private ReportView() {
    }

    static Map<String, Object> of(Report report) {
        var out = new HashMap<String, Object>();
        out.put("from", TIME.format(report.timeline().from()));
        out.put("to", TIME.format(report.end()));
        out.put("generated", TIME.format(report.generatedAt()));
        out.put("empty", report.empty());
        out.put("coverage", report.known() == report.steps() ? "" : count(report.known()) + " of " + count(report.steps()) + " steps have a sample; the rest is not known, and left out.");
        out.put("until", report.dataUntil() == null ? "" : TIME.format(report.dataUntil()));
        out.put("summary", summary(report));
        out.put("health", health(report.health()));
        out.put("metrics", report.metrics().stream().map(ReportView::metric).toList());
        out.put("matrix", report.matrix().stream().map(ReportView::cell).toList());
        out.put("incidents", report.incidents().stream().map(ReportView::incident).toList());
        out.put("capacity", report.capacity().stream().map(ReportView::forecast).toList());
        out.put("recommendations", report.recommendations().stream().map(ReportView::recommendation).toList());
        out.put("alerts", (report.alerts() == null ? List.<Report.Alert>of() : report.alerts()).stream().map(alert -> Map.of("severity", alert.severity(), "state", alert.state(), "since", TIME.format(alert.since()), "text", alert.text(),
                "subject", alert.subject())).toList());
        out.put("streams", report.streams().entrySet().stream().map(one -> counted(one.getKey(), one.getValue())).toList());
        out.put("deeds", report.deeds().stream().map(deed -> Map.of("at", TIME.format(deed.at()), "by", deed.by(), "action", deed.action(), "subject", deed.subject(),
                "reason", deed.reason(), "messages", deed.messages() == null ? "" : count(deed.messages()))).toList());
        for (String list : List.of("matrix", "incidents", "recommendations", "alerts", "streams", "deeds")) {
            out.put("any_" + list, !((List<?>) out.get(list)).isEmpty());
        }
        return out;
    }

    private static List<Map<String, String>> summary(Report report) {
        Counts counts = report.totals();
        var out = new ArrayList<Map<String, String>>();
        Double score = report.health().score();
        out.add(Map.of("name", "Health", "value", score == null ? Figures.NONE : String.format(Locale.ROOT, "%.2f", score), "note", report.health().band().id()));
        if (!report.empty()) {
            out.add(Map.of("name", "Accepted", "value", count(counts.accepted()), "note", "messages"));
            out.add(Map.of("name", "Delivered", "value", count(counts.delivered()), "note", plain(report.throughput()) + " a second"));
            out.add(Map.of("name", "Waiting", "value", report.waiting() == null ? Figures.NONE : count(Math.round(report.waiting())), "note", "messages, at last"));
            out.add(Map.of("name", "Put off", "value", percent(counts.deferralRate()), "note", count(counts.deferred()) + " of " + count(counts.attempts()) + " attempts"));
            out.add(Map.of("name", "Failed for good", "value", percent(counts.errorRate()), "note", count(counts.bounced()) + " bounced, " + count(counts.expired()) + " expired"));
            out.add(Map.of("name", "Open alerts", "value", report.activeCount() == null ? Figures.NONE : count(report.activeCount()), "note", count(report.incidents().size()) + (report.incidents().size() == 1 ? " incident" : " incidents") + " in the span"));
        }
        return out;
    }

    private static List<Map<String, String>> health(HealthScore health) {
        return health.parts().stream().map(part -> Map.of("name", part.name().replace('_', ' '), "score", part.score() == null ? "no data" : String.format(Locale.ROOT, "%.2f", part.score()),
                "share", percent(100 * health.share(part)), "why", part.why())).toList();
    }

    private static Map<String, String> metric(MetricSummary one) {
        Metric metric = one.metric();
        Double change = one.course().change();
        String trend = one.course().direction().id() + (change == null || one.course().direction().id().equals("stable") ? "" : String.format(Locale.ROOT, ", %+.0f %%", change));
        return Map.of("name", metric.text(), "unit", metric.unit(), "count", one.count() == null ? "" : count(one.count()), "average", plain(one.average()), "min", plain(one.min()),
                "max", plain(one.max()), "deviation", plain(one.stdDev()), "latest", plain(one.latest()), "trend", trend, "why", one.course().why());
    }

    private static Map<String, String> counted(String name, Counts counts) {
        var out = new HashMap<String, String>();
        out.put("name", name);
        out.put("attempts", count(counts.attempts()));
        out.put("delivered", count(counts.delivered()));
        out.put("deferred", count(counts.deferred()));
        out.put("failed", count(counts.bounced() + counts.expired()));
        out.put("deferral_rate", percent(counts.deferralRate()));
        out.put("error_rate", percent(counts.errorRate()));
        out.put("complaints", count(counts.complaints()));
        return out;
    }

    private static Map<String, String> cell(Cell cell) {
        Map<String, String> out = counted("", cell.counts());
        out.put("provider", cell.pair().provider());
        out.put("pool", cell.pair().pool());
        out.put("latency", cell.latency() == null ? Figures.NONE : plain((double) Math.round(cell.latency())));
        out.put("delivery", plain(cell.delivery95()));
        out.put("reputation", cell.reputation() == null ? Figures.NONE : String.format(Locale.ROOT, "%.2f", cell.reputation()));
        return out;
    }

    private static Map<String, Object> incident(Incident incident) {
        return Map.of("where", incident.where().text(), "cause", incident.cause(), "severity", incident.severity(), "from", TIME.format(incident.from()), "to", incident.to() == null ? "goes on" : TIME.format(incident.to()),
                "effect", incident.effect(), "happenings", incident.happenings().stream().map(one -> Map.of("at", TIME.format(one.at()), "kind", one.kind(), "cause", one.cause(),
                        "done", one.done().isEmpty() ? "" : "Done: " + one.done(), "ended", one.ended() == null ? "" : "Ended early: " + one.ended())).toList());
    }

    private static Map<String, String> forecast(Forecast one) {
        return Map.of("subject", one.subject(), "metric", one.metric().replace('_', ' '), "now", text(one.now(), one.unit()), "limit", text(one.limit(), one.unit()),
                "growth", text(one.growthPerDay(), one.unit()), "at", day(one.reachedAt()), "between", one.reachedEarliest() == null ? Figures.NONE
                        : day(one.reachedEarliest()) + " to " + (one.reachedLatest() == null ? "open" : day(one.reachedLatest())), "why", one.why());
    }

    private static Map<String, Object> recommendation(Recommendation one) {
        return Map.of("priority", one.priority().id(), "category", one.category(), "description", one.description(), "rests", one.restsOn(), "actions", one.actions());
    }

    private static String day(@Nullable Instant at) {
        return at == null ? Figures.NONE : DAY.format(at);
    }
}
