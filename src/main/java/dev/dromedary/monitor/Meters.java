package dev.dromedary.monitor;

import dev.dromedary.event.EventKind;
import dev.dromedary.history.BoundedLabel;
import dev.dromedary.history.Tallies;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.Envelope;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.smtp.SmtpTimings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Our own meters of what happens: Camel counts a deferred or dead-lettered exchange as handled, so it cannot tell them from delivered ones. Labels are ids of the configuration,
 * or bounded ({@link BoundedLabel}), and never recipients' domains; docs/metrics.md lists them all. Safe for use by many threads.
 */
public final class Meters {
    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final Tallies tallies;
    private final BoundedLabel providers;
    private final BoundedLabel pools;
    private final Throughput throughput;
    private final Family<Counter> accepted;
    private final Family<Counter> refused;
    private final Family<Counter> outcomes;
    private final Family<Counter> withheld;
    private final Family<Counter> unreadable;
    private final Family<Counter> parked;
    private final Family<Counter> prevented;
    private final Family<Counter> doubts;
    private final Family<Counter> complaints;
    private final Family<Timer> conversations;
    private final Family<Timer> deliveries;

    public Meters(MeterRegistry registry) {
        this(registry, new Tallies(), List.of(), List.of());
    }

    /**
     * @param tallies   for the history, which are told the same
     * @param providers of the configuration, as {@code pools}
     */
    public Meters(MeterRegistry registry, Tallies tallies, Collection<String> providers, Collection<String> pools) {
        this.registry = registry;
        this.tallies = tallies;
        this.providers = new BoundedLabel(providers);
        this.pools = new BoundedLabel(pools);
        throughput = new Throughput(registry);
        accepted = counters("dromedary.accepted", "Messages accepted, one a recipient", "way");
        refused = counters("dromedary.refused", "Submissions refused", "way", "code");
        outcomes = counters("dromedary.outcomes", "Attempts by what they came to", "provider", "pool", "outcome");
        withheld = counters("dromedary.withheld", "Messages on a lane that were not sent, as they were cancelled or their recipient suppressed", "provider", "reason");
        unreadable = counters("dromedary.unreadable", "Messages on a lane that could not be read", "lane");
        parked = counters("dromedary.parked", "Messages that waited too long for room and were parked", "provider");
        prevented = counters("dromedary.duplicates.prevented", "Messages that were offered again after their delivery, and not sent again", "provider", "pool");
        doubts = counters("dromedary.in.doubt", "Attempts whose end of data got no answer", "provider", "pool", "outcome");
        complaints = counters("dromedary.complaints", "Complaints of recipients", "provider", "pool");
        conversations = new Family<>(labels -> Timer.builder("dromedary.smtp.conversation").tag("pool", labels.first()).description("Time of an SMTP conversation").register(registry));
        deliveries = new Family<>(labels -> DeliveryTimes.of(labels.first(), labels.second()).register(registry));
        for (Way way : Way.values()) {
            accepted.of(way.id());
        }
    }

    private Family<Counter> counters(String name, String description, String... labels) {
        return Family.counters(registry, name, description, labels);
    }

    /** Messages (one a recipient) taken in by a way. */
    public void accepted(Way way, List<Envelope> messages) {
        tallies.accepted(way.id(), messages.size());
        accepted.of(way.id()).increment(messages.size());
        messages.forEach(envelope -> throughput.accepted(providers.of(envelope.provider()), envelope));
    }

    public void refused(String way, String code) {
        refused.of(way, code).increment();
    }

    /**
     * @param route      delivery route that it went by, or null where it came to none
     * @param tookMillis of the SMTP conversation
     * @param age        since acceptance
     */
    public void attempted(Envelope envelope, @Nullable String pool, @Nullable String route, EventKind outcome, int tookMillis, Duration age) {
        tallies.attempted(envelope, pool, outcome, tookMillis, age.toMillis());
        String provider = providers.of(envelope.provider());
        outcomes.of(provider, pool(pool), outcome.id()).increment();
        throughput.attempted(provider, envelope, route == null ? NONE : route, outcome);
        conversations.of(pool(pool)).record(Duration.ofMillis(tookMillis));
        if (outcome == EventKind.DELIVERED) {
            deliveries.of(provider, PriorityClass.of(envelope.priority()).id()).record(age);
        }
    }

    /** By a recipient. @param pool of the delivery, or empty where it is not known, as may be the stream */
    public void complained(String provider, String pool, String stream) {
        tallies.complained(provider, pool, stream);
        complaints.of(providers.of(provider), pool(pool.isEmpty() ? null : pool)).increment();
        throughput.complained(stream.isEmpty() ? NONE : stream);
    }

    /** Taken off a lane and not sent: cancelled, or the recipient suppressed. */
    public void withheld(Envelope envelope, EventKind why) {
        withheld.of(providers.of(envelope.provider()), why.id()).increment();
    }

    /** Taken off a lane, though no message of ours, and set aside. */
    public void unreadable(String lane) {
        unreadable.of(throughput.lane(lane)).increment();
    }

    /** Sent back to wait for room. */
    public void parked(Envelope envelope) {
        parked.of(providers.of(envelope.provider())).increment();
    }

    /** Offered again by the broker after it had been delivered, and not sent. */
    public void duplicatePrevented(Envelope envelope, @Nullable String pool) {
        prevented.of(providers.of(envelope.provider()), pool(pool)).increment();
    }

    /** No answer came to the end of data. @param outcome what was made of it */
    public void inDoubt(Envelope envelope, @Nullable String pool, EventKind outcome) {
        doubts.of(providers.of(envelope.provider()), pool(pool), outcome.id()).increment();
    }

    private String pool(@Nullable String pool) {
        return pool == null ? NONE : pools.of(pool);
    }

    /** @param bytes size of its files; @param failures records that could not be written since the start */
    public void sentLog(LongSupplier bytes, LongSupplier failures) {
        Gauge.builder("dromedary.sent.log.size", bytes, LongSupplier::getAsLong).strongReference(true).baseUnit("bytes")
                .description("Size of the files that remember what was sent").register(registry);
        FunctionCounter.builder("dromedary.sent.log.failures", failures, LongSupplier::getAsLong)
                .description("Records of what was sent that could not be written").register(registry);
    }

    /** Meters of one pool's connections and transactions. */
    public SmtpTimings smtp(String pool) {
        return new SmtpMeters(registry, pool);
    }
}
