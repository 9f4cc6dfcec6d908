package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dromedary.alert.AlertMetric;
import dev.dromedary.alert.AlertRule;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Condition;
import dev.dromedary.alert.Reading;
import dev.dromedary.history.Counts;
import dev.dromedary.history.Gauge;
import dev.dromedary.history.Sample;
import dev.dromedary.history.Series;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.history.Spread;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every metric by everything that it can be told apart by, off a history of two nodes. */
class AlertReadingsIT {
    private static final Instant NOW = Instant.parse("2026-03-30T10:10:01Z");
    private static final Condition LOW = Condition.Limit.of(false, 1.0, null, null);
    private final HistoryStore history = new HistoryStore(TestDatabase.dataSource());
    private final AlertReadings readings = new AlertReadings(TestDatabase.dataSource(), "alerts");

    @BeforeEach
    void tenMinutes() throws SQLException {
        TestDatabase.empty();
        for (int minute = 0; minute < 10; minute++) {
            Instant at = Instant.parse("2026-03-30T10:00:00Z").plusSeconds(60L * minute);
            history.write(List.of(
                    new Sample(at, "n1", 60, List.of(in("http", 120), in("alert", 7), out("google", "a", "news", 50, 6, 3, 1, 0, 2_000), out("google", "a", "alerts", 0, 0, 999, 0, 0, 1),
                            out("yahoo", "b", "(other)", 30, 0, 0, 0, 0, 100), new SeriesSample(new Series("", "yahoo", "", ""), new Counts(0, 0, 0, 0, 0, 1), new Spread(), new Spread())),
                            List.of(Gauge.of("disk", "used_percent", 40), Gauge.of("heap", "used_percent", 50), Gauge.of("cpu", "process", 0.5), Gauge.of("database", "write_ms", 12),
                                    Gauge.of("queue", "mail.lane.google", 10), Gauge.of("queue_age", "mail.lane.google", 60), Gauge.of("waiting", "deferred/google", 6),
                                    Gauge.of("pool", "a", 1), Gauge.of("pool", "b", 0), Gauge.of("reputation", "a/google", 0.8))),
                    new Sample(at, "n2", 60, List.of(in("smtp", 60), out("google", "a", "news", 50, 6, 3, 1, 0, 2_000)), List.of(Gauge.of("disk", "used_percent", 70),
                            Gauge.of("queue", "mail.lane.google", 4), Gauge.of("queue_age", "mail.lane.google", 90), Gauge.of("waiting", "deferred/google", 6), Gauge.of("pool", "a", 1),
                            Gauge.of("reputation", "a/google", 0.8)))));
        }
        history.keep(NOW);
    }

    @Test
    void whatPassedIsOfAllNodesAndWithoutTheAlertsOwnMail() throws SQLException {
        assertThat(read(AlertMetric.ACCEPTED_PER_SECOND, By.ALL)).containsExactly(tuple("", 3.0));
        assertThat(read(AlertMetric.ACCEPTED_PER_SECOND, By.WAY)).containsExactly(tuple("http", 2.0), tuple("smtp", 1.0));
        assertThat(read(AlertMetric.DELIVERED_PER_SECOND, By.POOL_PROVIDER)).containsExactly(tuple("a/google", 100 / 60.0), tuple("b/yahoo", 0.5));
        assertThat(read(AlertMetric.ERROR_RATE, By.PROVIDER)).containsExactly(tuple("google", 100 * 8 / 120.0), tuple("yahoo", 0.0));
        assertThat(read(AlertMetric.DEFERRAL_RATE, By.POOL)).containsExactly(tuple("a", 10.0), tuple("b", 0.0));
        assertThat(read(AlertMetric.ERROR_RATE, By.STREAM)).containsExactly(tuple("(other)", 0.0), tuple("news", 100 * 8 / 120.0));
        assertThat(read(AlertMetric.SMTP_LATENCY, By.ALL)).containsExactly(tuple("", (4_000 + 100) / 150.0));
        assertThat(read(AlertMetric.COMPLAINT_RATE, By.PROVIDER)).as("also where the pool is not known").contains(tuple("yahoo", 100 / 30.0));
        assertThat(readings.read(rule(AlertMetric.TIME_TO_DELIVERY, By.PROVIDER, LOW, Duration.ofMinutes(10)), NOW)).first().satisfies(one -> {
            assertThat(one.messages()).isEqualTo(1_000);
            assertThat(one.value()).isBetween(4.7, 5.3);
        });
    }

    @Test
    void whatStoodIsOfTheNodesThatSawIt() throws SQLException {
        assertThat(read(AlertMetric.DISK_USED, By.NODE)).containsExactlyInAnyOrder(tuple("n1", 40.0), tuple("n2", 70.0));
        assertThat(read(AlertMetric.BACKLOG, By.QUEUE)).containsExactly(tuple("google", 14.0));
        assertThat(read(AlertMetric.QUEUE_AGE, By.ALL)).containsExactly(tuple("", 90.0));
        assertThat(read(AlertMetric.WAITING, By.PROVIDER)).containsExactly(tuple("google", 6.0));
        assertThat(read(AlertMetric.POOLS_AVAILABLE, By.ALL)).containsExactly(tuple("", 1.0));
        assertThat(read(AlertMetric.CPU_USED, By.NODE)).containsExactly(tuple("n1", 50.0));
        assertThat(read(AlertMetric.DATABASE_WRITE, By.NODE)).containsExactly(tuple("n1", 12.0));
    }

    @Test
    void everyMetricCanBeReadByAllThatItNamesOverMinutesAndHoursAndComparedWithItsPast() throws SQLException {
        for (AlertMetric metric : AlertMetric.values()) {
            for (By by : metric.by()) {
                for (Duration window : List.of(Duration.ofMinutes(5), Duration.ofHours(3))) {
                    assertThat(readings.read(rule(metric, by, LOW, window), NOW)).as(metric + " by " + by + " over " + window).isNotEmpty();
                }
                Condition compares = metric.gauge() == null ? new Condition.Unusual(false, 4, 8, 0.5) : new Condition.Ahead(true, 90, Duration.ofHours(2), Duration.ofHours(1));
                Instant nextDay = NOW.plus(Duration.ofDays(1));
                assertThat(readings.before(rule(metric, by, compares, Duration.ofMinutes(5)), metric.gauge() == null ? nextDay : NOW)).as(metric + " by " + by)
                        .matches(before -> metric.gauge() == null || !before.isEmpty());
            }
        }
    }

    @Test
    void aSubjectOfWhichNothingPassesAnyMoreIsZeroForRatesThatMustNotBeLow() throws SQLException {
        history.write(List.of(new Sample(Instant.parse("2026-03-30T11:00:00Z"), "n1", 60, List.of(), List.of())));
        Instant later = Instant.parse("2026-03-30T11:01:01Z");
        assertThat(readings.read(rule(AlertMetric.DELIVERED_PER_SECOND, By.PROVIDER, LOW, Duration.ofMinutes(5)), later)).extracting(Reading::subject, Reading::value)
                .containsExactly(tuple("google", 0.0), tuple("yahoo", 0.0));
        assertThat(readings.read(rule(AlertMetric.ERROR_RATE, By.PROVIDER, LOW, Duration.ofMinutes(5)), later)).isEmpty();
        assertThat(readings.read(rule(AlertMetric.ERROR_RATE, By.PROVIDER, LOW, Duration.ofMinutes(5)), later.plusSeconds(3_600))).as("no sample").isNull();
    }

    private List<Tuple> read(AlertMetric metric, By by) throws SQLException {
        return Objects.requireNonNull(readings.read(rule(metric, by, LOW, Duration.ofMinutes(10)), NOW)).stream().map(one -> tuple(one.subject(), one.value())).toList();
    }

    private static AlertRule rule(AlertMetric metric, By by, Condition condition, Duration window) {
        return new AlertRule("r", metric, by, condition, window, Duration.ZERO, 1, List.of());
    }

    private static SeriesSample in(String way, long accepted) {
        return new SeriesSample(new Series(way, "", "", ""), new Counts(accepted, 0, 0, 0, 0, 0), new Spread(), new Spread());
    }

    private static SeriesSample out(String provider, String pool, String stream, long delivered, long deferred, long bounced, long expired, long complaints, long smtpMillis) {
        var delivery = new Spread();
        for (int i = 0; i < delivered; i++) {
            delivery.add(5_000);
        }
        var smtp = new Spread();
        smtp.add(smtpMillis);
        return new SeriesSample(new Series("", provider, pool, stream), new Counts(0, delivered, deferred, bounced, expired, complaints), delivery, smtp);
    }
}
