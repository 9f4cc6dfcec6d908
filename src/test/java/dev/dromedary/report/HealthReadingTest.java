package dev.dromedary.report;

import static dev.dromedary.report.Histories.accepted;
import static dev.dromedary.report.Histories.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.history.Gauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthReadingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final TimeSeries NO_HOURS = new TimeSeries(List.of());
    private final HealthReading reading = new HealthReading(10.0, Duration.ofMillis(1000));

    @Test
    void errorsAreOfMessagesAndNotOfSamples() {
        var history = new Histories(MINUTE).add(0, List.of(accepted(1000), sent("google", "a", 990, 0, 10, 500))).add(1, List.of(accepted(1), sent("google", "a", 0, 0, 1, 500)));
        assertThat(part(reading.score(history.timeline(2), NO_HOURS), "error_rate").score()).as("11 of 1001, not the mean of 1 %% and 100 %%")
                .isCloseTo(1 - 100.0 * 11 / 1001 / 10, within(1e-9));
    }

    @Test
    void whatIsNotKnownIsNotHealthy() {
        HealthScore none = reading.score(new Histories(MINUTE).timeline(10), NO_HOURS);
        assertThat(none.score()).isNull();
        assertThat(none.missing()).hasSize(4);

        HealthScore quiet = reading.score(new Histories(MINUTE).add(9, List.of()).timeline(10), NO_HOURS);
        assertThat(quiet.score()).as("a sample without mail says nothing of its quality").isNull();
        assertThat(part(quiet, "throughput").why()).contains("nothing was there to be sent");
    }

    @Test
    void theHistoryMayNotSayWhatIsUsual() {
        var history = new Histories(MINUTE).add(0, List.of(accepted(60), sent("google", "a", 60, 0, 0, 100)));
        HealthScore score = new HealthReading(null, Duration.ofSeconds(1)).score(history.timeline(1), NO_HOURS);
        assertThat(part(score, "throughput").score()).isNull();
        assertThat(part(score, "throughput").why()).contains("report.expected-throughput");
        assertThat(score.score()).isEqualTo(1);
    }

    @Test
    void whoIsHandedLittleIsNotIllButWhoLeavesMailLyingIs() {
        var little = new Histories(MINUTE).add(0, List.of(accepted(60), sent("google", "a", 60, 0, 0, 100)));
        assertThat(part(reading.score(little.timeline(1), NO_HOURS), "throughput").score()).isEqualTo(1);
        var stuck = new Histories(MINUTE).add(0, List.of(accepted(60), sent("google", "a", 60, 0, 0, 100)), Gauge.of("queue", "mail.lane.google", 10_000));
        assertThat(part(reading.score(stuck.timeline(1), NO_HOURS), "throughput").score()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void whereNothingGoesOutWhatIsUsualNeedNotBeKnown() {
        Gauge good = Gauge.of("reputation", "a/google", 0.95);
        var paused = new Histories(MINUTE).add(0, List.of(accepted(600)), good, Gauge.of("waiting", "held/google", 8_000));
        HealthScore score = new HealthReading(null, Duration.ofSeconds(1)).score(paused.timeline(1), NO_HOURS);
        assertThat(part(score, "throughput").score()).isZero();
        assertThat(score.band()).isIn(HealthBand.POOR, HealthBand.CRITICAL);
        var handed = new Histories(MINUTE).add(0, List.of(accepted(3)), good);
        assertThat(part(new HealthReading(null, Duration.ofSeconds(1)).score(handed.timeline(1), NO_HOURS), "throughput").score()).as("three may be on their way").isNull();
    }

    @Test
    void aGoodNameAloneIsNoHealth() {
        var idle = new Histories(MINUTE).add(0, List.of(), Gauge.of("reputation", "a/google", 0.98));
        HealthScore score = reading.score(idle.timeline(1), NO_HOURS);
        assertThat(part(score, "reputation").score()).isEqualTo(0.98);
        assertThat(score.score()).isNull();
        assertThat(score.band()).isEqualTo(HealthBand.UNKNOWN);
    }

    @Test
    void whatIsUsualIsTheMedianOfTheHourOfTheWeek() {
        var hours = new ArrayList<TimeSeries.Point>();
        for (int week = 1; week <= 4; week++) {
            hours.add(new TimeSeries.Point(Histories.START.minus(Duration.ofDays(7 * week)), 2));
            hours.add(new TimeSeries.Point(Histories.START.minus(Duration.ofDays(7 * week + 1)), 50));
        }
        var minutes = new Histories(MINUTE).add(0, List.of(accepted(6000), sent("google", "a", 60, 0, 0, 100)));
        assertThat(part(new HealthReading(null, Duration.ofSeconds(1)).score(minutes.timeline(1), new TimeSeries(hours)), "throughput").score()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void reputationIsWeighedByMailAndNodesThatShareItAreNotAddedUp() {
        Gauge good = Gauge.of("reputation", "a/google", 1.0);
        Gauge bad = Gauge.of("reputation", "b/google", 0.2);
        var history = new Histories(MINUTE).add(0, "n1", 60, List.of(sent("google", "a", 90, 0, 0, 1), sent("google", "b", 10, 0, 0, 1)), good, bad).add(0, "n2", 60, List.of(), good, bad);
        assertThat(part(reading.score(history.timeline(1), NO_HOURS), "reputation").score()).isCloseTo(0.92, within(1e-9));
    }

    @Test
    void ratesOfNodesAddUp() {
        var history = new Histories(MINUTE).add(0, "n1", 60, List.of(accepted(600), sent("google", "a", 300, 0, 0, 1)))
                .add(0, "n2", 30, List.of(accepted(600), sent("google", "a", 30, 0, 0, 1)));
        assertThat(part(reading.score(history.timeline(1), NO_HOURS), "throughput").score()).as("5 and 1 a second of 10").isCloseTo(0.6, within(1e-9));
    }

    private static HealthScore.Part part(HealthScore score, String name) {
        return score.parts().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
