package dev.dromedary.monitor;

import dev.dromedary.event.EventKind;
import dev.dromedary.history.BoundedLabel;
import dev.dromedary.message.Envelope;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.store.Queues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What comes in and goes out by lane, delivery route and stream: counters of their own, as all of these as labels of one would be too many series. Each has at most
 * {@value BoundedLabel#MOST} values and {@value BoundedLabel#OTHER}.
 */
final class Throughput {
    private final BoundedLabel lanes = new BoundedLabel();
    private final BoundedLabel routes = new BoundedLabel();
    private final BoundedLabel streams = new BoundedLabel();
    /** By provider and class, which name the lane without a string being made. */
    private final Family<String> named;
    private final Family<Counter> laneAccepted;
    private final Family<Counter> laneOutcomes;
    private final Family<Counter> routeOutcomes;
    private final Family<Counter> streamAccepted;
    private final Family<Counter> streamOutcomes;
    private final Family<Counter> streamComplaints;

    Throughput(MeterRegistry registry) {
        named = new Family<>(labels -> lanes.of(Queues.lane(labels.first(), PriorityClass.ofId(labels.second()))));
        laneAccepted = Family.counters(registry, "dromedary.lane.accepted", "Messages accepted, by the lane that they go over", "lane");
        laneOutcomes = Family.counters(registry, "dromedary.lane.outcomes", "Attempts by lane and what they came to", "lane", "outcome");
        routeOutcomes = Family.counters(registry, "dromedary.route.outcomes", "Attempts by delivery route and what they came to", "route", "outcome");
        streamAccepted = Family.counters(registry, "dromedary.stream.accepted", "Messages accepted, by stream", "stream");
        streamOutcomes = Family.counters(registry, "dromedary.stream.outcomes", "Attempts by stream and what they came to", "stream", "outcome");
        streamComplaints = Family.counters(registry, "dromedary.stream.complaints", "Complaints of recipients, by stream", "stream");
    }

    /** @param provider bounded */
    void accepted(String provider, Envelope envelope) {
        laneAccepted.of(lane(provider, envelope)).increment();
        streamAccepted.of(streams.of(envelope.stream())).increment();
    }

    void attempted(String provider, Envelope envelope, String route, EventKind outcome) {
        laneOutcomes.of(lane(provider, envelope), outcome.id()).increment();
        routeOutcomes.of(routes.of(route), outcome.id()).increment();
        streamOutcomes.of(streams.of(envelope.stream()), outcome.id()).increment();
    }

    void complained(String stream) {
        streamComplaints.of(streams.of(stream)).increment();
    }

    String lane(String queue) {
        return lanes.of(queue);
    }

    private String lane(String provider, Envelope envelope) {
        return named.of(provider, PriorityClass.of(envelope.priority()).id());
    }
}
