package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Gauge;
import dev.dromedary.history.Sample;
import dev.dromedary.history.Series;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.history.Spread;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history in a real database: minutes, hours made of them, and what is forgotten. */
class HistoryStoreIT {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Series SERIES = new Series("", "google", "a", "news");

    private final HistoryStore store = new HistoryStore(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void hoursAreTheSumOfTheirMinutesAlsoWhereThatIsDoneTwice() throws SQLException {
        for (int minute = 0; minute < 90; minute++) {
            store.write(List.of(sample(minute, "one", 100, 10 + minute)));
        }
        assertThat(store.keep(at(90))).isTrue();
        assertThat(store.keep(at(90))).isTrue();
        List<Sample> hours = store.read(HistoryStore.HOUR, START, at(120));
        assertThat(hours).extracting(Sample::at).containsExactly(START, at(60));
        assertThat(hours).extracting(Sample::seconds).containsExactly(3600.0, 1800.0);
        SeriesSample first = hours.get(0).series().get(0);
        assertThat(first.series()).isEqualTo(SERIES);
        assertThat(first.counts()).isEqualTo(new Counts(0, 6000, 60, 0, 0, 0));
        assertThat(first.delivery().count()).isEqualTo(6000);
        assertThat(first.delivery().mean()).isEqualTo(39.5);
        assertThat(first.delivery().percentile(0.5)).isCloseTo(39.5, within(39.5 * 0.06));
        assertThat(hours.get(0).gauges()).containsExactly(new Gauge("queue", "mail.lane.google", 0, 59, 59 * 60 / 2.0, 60));
    }

    @Test
    void nodesAddUpAndWhatIsWrittenTwiceForAMinuteTooSoThatARestartLosesNothing() throws SQLException {
        store.write(List.of(sample(0, "one", 5, 10), sample(0, "two", 7, 10)));
        store.write(List.of(sample(0, "one", 3, 10)));
        List<Sample> minutes = store.read(HistoryStore.MINUTE, START, at(1));
        assertThat(minutes).extracting(Sample::node).containsExactly("one", "two");
        assertThat(minutes.get(0).seconds()).isEqualTo(120);
        assertThat(minutes.get(0).series().get(0).counts().delivered()).isEqualTo(8);
        assertThat(minutes.get(0).series().get(0).delivery().count()).isEqualTo(8);
    }

    @Test
    void whatIsMissingIsMissingAndWhatIsQuietIsThere() throws SQLException {
        store.write(List.of(new Sample(START, "one", 60, List.of(), List.of()), sample(2, "one", 1, 1)));
        List<Sample> minutes = store.read(HistoryStore.MINUTE, START, at(10));
        assertThat(minutes).extracting(Sample::at).containsExactly(START, at(2));
        assertThat(minutes.get(0).series()).isEmpty();
    }

    @Test
    void minutesAreForgottenAfterTwoDaysAndHoursAfterFourHundred() throws SQLException {
        store.write(List.of(sample(0, "one", 1, 1)));
        store.keep(START.plus(HistoryStore.MINUTES_KEPT).plusSeconds(1));
        assertThat(store.read(HistoryStore.MINUTE, START, at(1))).isEmpty();
        assertThat(store.read(HistoryStore.HOUR, START, at(1))).singleElement().satisfies(hour -> assertThat(hour.series().get(0).counts().delivered()).isOne());
        store.keep(START.plus(HistoryStore.HOURS_KEPT).plusSeconds(1));
        assertThat(store.read(HistoryStore.HOUR, START, at(1))).isEmpty();
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static Sample sample(int minute, String node, int delivered, long millis) {
        var delivery = new Spread();
        for (int i = 0; i < delivered; i++) {
            delivery.add(millis);
        }
        var series = new ArrayList<SeriesSample>();
        series.add(new SeriesSample(SERIES, new Counts(0, delivered, 1, 0, 0, 0), delivery, new Spread()));
        return new Sample(at(minute), node, 60, series, List.of(Gauge.of("queue", "mail.lane.google", minute)));
    }
}
