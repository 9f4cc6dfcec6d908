package dev.dromedary.report;

import static dev.dromedary.report.Histories.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.history.Gauge;
import dev.dromedary.report.HealthScore.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportBuilderTest {
    private static final Instant MADE = Histories.START.plus(Duration.ofMinutes(3 * 60 + 38));

    @Test
    void noEndIsAfterTheMomentOfMaking() {
        var history = new Histories(Duration.ofHours(1)).add(2, List.of(accepted(5))).add(3, List.of(accepted(5)));
        Report report = report(history.timeline(4), MADE);
        assertThat(report.dataUntil()).isEqualTo(MADE);
        assertThat(report.end()).isEqualTo(MADE);
        assertThat(part(report, "time_range")).containsEntry("end", MADE).containsEntry("data_until", MADE).containsEntry("duration_hours", 3 + 38 / 60.0);

        Report later = report(history.timeline(4), MADE.plusSeconds(7_200));
        assertThat(later.dataUntil()).isEqualTo(Histories.START.plus(Duration.ofHours(4))).isEqualTo(later.end());
        assertThat(report(history.timeline(24), MADE.plusSeconds(7_200)).dataUntil()).as("the last step with a sample").isEqualTo(Histories.START.plus(Duration.ofHours(4)));
        assertThat(report(history.timeline(4), Histories.START.minusSeconds(60)).end()).as("a span that is yet to come").isEqualTo(Histories.START.plus(Duration.ofHours(4)));
    }

    @Test
    void whatWaitsIsTheLatestThatIsKnownAndElseNothing() {
        var history = new Histories(Duration.ofHours(1)).add(0, List.of(accepted(5)), Gauge.of("waiting", "deferred", 100)).add(1, List.of(accepted(5)), Gauge.of("waiting", "deferred", 40))
                .add(2, List.of(accepted(5)));
        Report report = report(history.timeline(4), MADE);
        assertThat(report.waiting()).isEqualTo(40);
        assertThat(part(report, "executive_summary")).containsEntry("waiting", 40L);
        assertThat(part(report(new Histories(Duration.ofHours(1)).timeline(4), MADE), "executive_summary")).containsEntry("waiting", null);
    }

    @Test
    void theAlertThatNothingIsDeliveredIsAnIncidentOfItsOwn() {
        Timeline timeline = new Histories(Duration.ofHours(1)).add(2, List.of(accepted(5))).timeline(4);
        var nowhere = new Pair("", "");
        var alerts = List.of(new Report.Alert("queue_depth", "warning", "open", "mail.submit", nowhere, Histories.START, MADE, "much is queued"),
                new Report.Alert("messages_per_second", "critical", "open", "", nowhere, Histories.START.plusSeconds(60), MADE, "0 messages a second"));
        Report report = ReportBuilder.build(new ReportBuilder.Material(timeline, timeline, health(), List.of(), alerts, List.of(), List.of()), MADE);
        assertThat(report.incidents()).extracting(Incident::severity).containsExactly("warning", "critical");
        assertThat(report.incidents().get(1).cause()).isEqualTo("0 messages a second");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Report report, String name) {
        return (Map<String, Object>) ReportJson.report(report).get(name);
    }

    private static HealthScore health() {
        Reading none = Reading.missing("none");
        return HealthScore.of(none, none, none, none, none, none);
    }

    private static Report report(Timeline timeline, Instant now) {
        return ReportBuilder.build(new ReportBuilder.Material(timeline, timeline, health(), List.of(), List.of(), List.of(), List.of()), now);
    }
}
