package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.history.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryRatesTest {
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final HistoryRates rates = new HistoryRates(registry, START);

    private List<Gauge> after(int seconds) {
        var out = new ArrayList<Gauge>();
        rates.read(out, START.plusSeconds(seconds));
        return out;
    }

    @Test
    void countsAreRatesSinceTheLastLook() {
        registry.counter("dromedary.lane.outcomes", "lane", "mail.lane.google", "outcome", "delivered").increment(120);
        assertThat(after(60)).containsExactly(Gauge.of("lane_outcomes", "mail.lane.google/delivered", 2));
        registry.counter("dromedary.lane.outcomes", "lane", "mail.lane.google", "outcome", "delivered").increment(15);
        registry.counter("dromedary.route.outcomes", "outcome", "bounced", "route", "default").increment(30);
        assertThat(after(90)).containsExactlyInAnyOrder(Gauge.of("lane_outcomes", "mail.lane.google/delivered", 0.5), Gauge.of("route_outcomes", "default/bounced", 1));
        assertThat(after(100)).as("a lane that was used and is idle is known to be idle").extracting(Gauge::high).containsExactly(0.0, 0.0);
    }

    @Test
    void aLaneThatWasNeverUsedIsNotWritten() {
        registry.counter("dromedary.lane.accepted", "lane", "mail.lane.apple").increment(0);
        registry.counter("dromedary.stream.accepted", "stream", "news").increment(5);
        assertThat(after(60)).isEmpty();
    }

    @Test
    void twoLooksAtOnceAreNoRate() {
        registry.counter("dromedary.lane.accepted", "lane", "mail.lane.apple").increment();
        assertThat(after(0)).isEmpty();
        assertThat(after(10)).containsExactly(Gauge.of("lane_accepted", "mail.lane.apple", 0.1));
    }
}
