package dev.dromedary.report;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Gauge;
import dev.dromedary.history.Sample;
import dev.dromedary.history.Series;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.history.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes histories for tests. */
final class Histories {
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final Duration step;
    private final List<Sample> samples = new ArrayList<>();

    Histories(Duration step) {
        this.step = step;
    }

    /** @param seconds covered; @param gauges with whatever stands */
    Histories add(int index, String node, double seconds, List<SeriesSample> series, Gauge... gauges) {
        samples.add(new Sample(START.plus(step.multipliedBy(index)), node, seconds, series, List.of(gauges)));
        return this;
    }

    Histories add(int index, List<SeriesSample> series, Gauge... gauges) {
        return add(index, "n1", step.toSeconds(), series, gauges);
    }

    Timeline timeline(int steps) {
        return Timeline.of(samples, step, START, START.plus(step.multipliedBy(steps)));
    }

    List<Sample> samples() {
        return samples;
    }

    static SeriesSample accepted(long messages) {
        return new SeriesSample(new Series("http", "", "", ""), new Counts(messages, 0, 0, 0, 0, 0), new Spread(), new Spread());
    }

    /** Attempts of a pool to a provider; each conversation takes {@code millis}, each delivery as long. */
    static SeriesSample sent(String provider, String pool, long delivered, long deferred, long bounced, long millis) {
        var delivery = new Spread();
        var smtp = new Spread();
        for (long i = 0; i < delivered; i++) {
            delivery.add(millis);
        }
        for (long i = 0; i < delivered + deferred + bounced; i++) {
            smtp.add(millis);
        }
        return new SeriesSample(new Series("", provider, pool, "default"), new Counts(0, delivered, deferred, bounced, 0, 0), delivery, smtp);
    }
}
