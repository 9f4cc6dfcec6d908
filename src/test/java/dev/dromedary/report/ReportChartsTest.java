package dev.dromedary.report;

import static dev.dromedary.report.Histories.accepted;
import static dev.dromedary.report.Histories.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.history.Gauge;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.report.HealthScore.Reading;
import dev.dromedary.report.page.Chart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportChartsTest {
    @Test
    void theBusiestProvidersAreLinesAndTheRestIsOneSoThatTheyAddUp() {
        var history = new Histories(Duration.ofHours(1));
        var series = new ArrayList<SeriesSample>(List.of(accepted(9_000)));
        for (int i = 1; i <= 6; i++) {
            series.add(sent("p" + i, "mta", 360L * i, 0, 0, 10));
        }
        history.add(0, series).add(2, series);
        Chart chart = chart(history.timeline(3), "providers");
        assertThat(chart.lines()).extracting(Chart.Line::name).containsExactly("p6", "p5", "p4", "3 others");
        assertThat(chart.lines()).extracting(line -> line.values()[0]).usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1).containsExactly(0.6, 0.5, 0.4, 0.6);
        assertThat(chart.lines()).allSatisfy(line -> assertThat(line.values()[1]).as("nobody looked in the second hour").isNaN());
        double all = chart(history.timeline(3), "throughput").lines().get(0).values()[0];
        assertThat(chart.lines().stream().mapToDouble(line -> line.values()[0]).sum()).isEqualTo(all, within(1e-9));
    }

    @Test
    void aReputationHasALineOfItsOwnPairAndAGapWhereItWasNotKnown() {
        var history = new Histories(Duration.ofHours(1));
        List<SeriesSample> series = List.of(sent("google", "a", 10, 0, 0, 10), sent("yahoo", "b", 20, 0, 0, 10));
        history.add(0, series, Gauge.of("reputation", "a/google", 0.9), Gauge.of("reputation", "b/yahoo", 0.5)).add(1, series, Gauge.of("reputation", "a/google", 0.7));
        Chart chart = chart(history.timeline(2), "reputation");
        assertThat(chart.lines()).extracting(Chart.Line::name).containsExactly("b to yahoo", "a to google");
        assertThat(chart.lines().get(0).values()).containsExactly(0.5, Double.NaN);
        assertThat(chart.lines().get(1).values()).containsExactly(0.9, 0.7);
    }

    @Test
    void aChartWithoutAnyLineSaysSo() {
        Chart chart = chart(new Histories(Duration.ofHours(1)).timeline(2), "reputation");
        assertThat(chart.lines()).isEmpty();
        assertThat(chart.description()).isEqualTo("no data.");
        assertThat(chart.svg()).contains(">no data<");
    }

    @Test
    void aChartWithLinesOfWhichNothingIsKnownSaysSoToo() {
        Chart none = chart(new Histories(Duration.ofHours(1)).timeline(2), "throughput");
        assertThat(none.lines()).hasSize(2);
        assertThat(none.svg()).contains(">no data<");
        var history = new Histories(Duration.ofHours(1)).add(0, List.of(accepted(1)));
        assertThat(chart(history.timeline(2), "throughput").svg()).as("one value is enough").doesNotContain(">no data<");
        assertThat(ReportCharts.of(Reports.empty())).allSatisfy(chart -> assertThat(chart.svg()).contains(">no data<"));
    }

    private static Chart chart(Timeline timeline, String id) {
        Reading none = Reading.missing("none");
        Report report = ReportBuilder.build(new ReportBuilder.Material(timeline, timeline, HealthScore.of(none, none, none, none, none, none), List.of(), null, List.of(), List.of()), timeline.to());
        return ReportCharts.of(report).stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }
}
