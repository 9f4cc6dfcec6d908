package dev.dromedary.report;

import dev.dromedary.history.Counts;
import dev.dromedary.report.page.Chart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The charts of a report, of the same values as its series. */
public final class ReportCharts {
    private static final int MOST_LINES = 4;
    private static final int LONGEST_NAME = 22;

    private ReportCharts() {
    }

    public static List<Chart> of(Report report) {
        List<Step> steps = report.timeline().steps();
        return List.of(
                chart("throughput", "Throughput", "messages a second", steps, line("delivered", Metric.MESSAGES_PER_SECOND), line("accepted", Metric.ACCEPTED_PER_SECOND)),
                chart("providers", "Delivered by provider", "messages a second", steps, providers(report)),
                chart("failures", "Put off and failed", "% of attempts", steps, line("put off", Metric.DEFERRAL_RATE), line("failed for good", Metric.ERROR_RATE)),
                chart("latency", "Conversation with a server", "ms, mean", steps, line("conversation", Metric.AVERAGE_LATENCY)),
                chart("delivery", "Acceptance to delivery", "s", steps, new Drawn("95 of 100 within", Metric.TIME_TO_DELIVERY_P95::of),
                        new Drawn("half within", step -> step.delivery().percentile(0.5) / 1000)),
                chart("backlog", "Queued and waiting", "messages", steps, line("messages", Metric.BACKLOG)),
                chart("reputation", "Reputation of the busiest", "score", steps, reputations(report)));
    }

    /** The busiest by themselves, where there are more the rest together: no line is left out of the sum. */
    private static Drawn[] providers(Report report) {
        Map<String, Long> attempts = report.matrix().stream().collect(Collectors.groupingBy(cell -> cell.pair().provider(), Collectors.summingLong(cell -> cell.counts().attempts())));
        List<String> busiest = attempts.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).map(Map.Entry::getKey)
                .limit(attempts.size() > MOST_LINES ? MOST_LINES - 1 : MOST_LINES).toList();
        var out = new ArrayList<Drawn>();
        busiest.forEach(provider -> out.add(new Drawn(name(provider), step -> step.rate(series -> series.provider().equals(provider), Counts::delivered))));
        if (attempts.size() > busiest.size()) {
            var apart = new HashSet<>(busiest);
            out.add(new Drawn(attempts.size() - busiest.size() + " others", step -> step.rate(series -> !apart.contains(series.provider()), Counts::delivered)));
        }
        return out.toArray(Drawn[]::new);
    }

    private static Drawn[] reputations(Report report) {
        return report.matrix().stream().filter(cell -> cell.reputation() != null).sorted(Comparator.comparing((Cell cell) -> -cell.counts().attempts())).limit(MOST_LINES)
                .map(cell -> new Drawn(name(cell.pair().pool()) + " to " + name(cell.pair().provider()), step -> Reputations.of(step, cell.pair()))).toArray(Drawn[]::new);
    }

    /** Short enough for a legend of four. */
    private static String name(String id) {
        return id.length() <= LONGEST_NAME ? id : id.substring(0, LONGEST_NAME - 1) + "…";
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
