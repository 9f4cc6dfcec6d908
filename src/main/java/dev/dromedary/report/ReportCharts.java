package dev.dromedary.report;

import dev.dromedary.report.page.Chart;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The charts of a report, of the same values as its series. */
public final class ReportCharts {
    private ReportCharts() {
    }

    public static List<Chart> of(Report report) {
        List<Step> steps = report.timeline().steps();
        return List.of(
                chart("throughput", "Throughput", "messages a second", steps, line("delivered", Metric.MESSAGES_PER_SECOND), line("accepted", Metric.ACCEPTED_PER_SECOND)),
                chart("failures", "Put off and failed", "% of attempts", steps, line("put off", Metric.DEFERRAL_RATE), line("failed for good", Metric.ERROR_RATE)),
                chart("latency", "Conversation with a server", "ms, mean", steps, line("conversation", Metric.AVERAGE_LATENCY)),
                chart("delivery", "Acceptance to delivery", "s", steps, new Drawn("95 of 100 within", Metric.TIME_TO_DELIVERY_P95::of),
                        new Drawn("half within", step -> step.delivery().percentile(0.5) / 1000)),
                chart("backlog", "Queued and waiting", "messages", steps, line("messages", Metric.BACKLOG)));
    }

    private record Drawn(String name, ToDoubleFunction<Step> value) {
    }

    private static Drawn line(String name, Metric metric) {
        return new Drawn(name, metric::of);
    }

    private static Chart chart(String id, String title, String unit, List<Step> steps, Drawn... lines) {
        return new Chart(id, title, unit, steps.stream().map(Step::at).toList(), java.util.Arrays.stream(lines)
                .map(line -> new Chart.Line(line.name(), steps.stream().mapToDouble(line.value()).toArray())).toList());
    }
}
