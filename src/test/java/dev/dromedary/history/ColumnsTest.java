package dev.dromedary.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private final Columns columns = new Columns(NOON, Duration.ofMinutes(1), 3, Series::provider);

    @Test
    void whereThereIsNoSampleNothingIsKnownAndWhereThereIsOneWithoutMailItIsZero() {
        columns.add(sample(0, "n1", 5), List.of());
        columns.add(new Sample(NOON.plusSeconds(60), "n1", 60, List.of(), List.of()), List.of());
        assertThat(columns.columns().get("google").counts(Counts::delivered)).containsExactly(5L, 0L, null);
        assertThat(columns.none().counts(Counts::delivered)).containsExactly(0L, 0L, null);
        assertThat(columns.columns().get("google").delivery(0.5)).containsExactly(null, null, null);
    }

    @Test
    void nodesAreAddedUpAndGaugesAreNot() {
        columns.add(sample(1, "n1", 5), List.of("cpu"));
        columns.add(sample(1, "n2", 7), List.of("cpu"));
        columns.add(sample(9, "n2", 100), List.of("cpu"));
        assertThat(columns.columns().get("google").counts(Counts::delivered)).containsExactly(null, 12L, null);
        assertThat(columns.gauges()).extracting(Columns.GaugeColumn::node).containsExactly("n1", "n2");
        assertThat(columns.gauges().get(0).mean()).containsExactly(null, 0.5, null);
        assertThat(columns.times()).containsExactly(NOON, NOON.plusSeconds(60), NOON.plusSeconds(120));
    }

    private static Sample sample(int minute, String node, long delivered) {
        var one = new SeriesSample(Series.out("google", "a", "news"), new Counts(0, delivered, 0, 0, 0, 0), new Spread(), new Spread());
        return new Sample(NOON.plusSeconds(60L * minute), node, 60, List.of(one), List.of(Gauge.of("cpu", "system", 0.5), Gauge.of("heap", "used_percent", 3)));
    }
}
