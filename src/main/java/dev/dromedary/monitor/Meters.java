package dev.dromedary.monitor;

import dev.dromedary.event.EventKind;
import dev.dromedary.history.Tallies;
import dev.dromedary.message.Envelope;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.smtp.SmtpTimings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Our own meters: Camel counts a deferred or dead-lettered exchange as handled, so it cannot tell them from delivered ones. Labels
 * are the ids of providers, pools and outcomes from the configuration, never recipient domains, so their number is bounded.
 */
public final class Meters {
    private static final String NO_POOL = "none";

    private final MeterRegistry registry;
    private final Tallies tallies;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this(registry, new Tallies());
    }

    /** @param tallies for the history, which are told the same */
    public Meters(MeterRegistry registry, Tallies tallies) {
        this.registry = registry;
        this.tallies = tallies;
    }

    /** Messages (one a recipient) taken in by a way. */
    public void accepted(String way, int messages) {
        tallies.accepted(way, messages);
        counters.computeIfAbsent("accepted|" + way, key -> Counter.builder("dromedary.accepted").tag("way", way)
                .description("Messages accepted, one a recipient").register(registry)).increment(messages);
    }

    public void refused(String way, String code) {
        counters.computeIfAbsent("refused|" + way + "|" + code, key -> Counter.builder("dromedary.refused").tag("way", way).tag("code", code)
                .description("Submissions refused").register(registry)).increment();
    }

    /** @param tookMillis of the SMTP conversation; @param age since acceptance */
    public void attempted(Envelope envelope, @Nullable String pool, EventKind outcome, int tookMillis, Duration age) {
        tallies.attempted(envelope, pool, outcome, tookMillis, age.toMillis());
        String poolTag = pool == null ? NO_POOL : pool;
        String series = envelope.provider() + "|" + poolTag + "|" + outcome.id();
        counters.computeIfAbsent("outcomes|" + series, key -> Counter.builder("dromedary.outcomes").tag("provider", envelope.provider()).tag("pool", poolTag)
                .tag("outcome", outcome.id()).description("Attempts by what they came to").register(registry)).increment();
        timers.computeIfAbsent("smtp|" + poolTag, key -> Timer.builder("dromedary.smtp.conversation").tag("pool", poolTag)
                .description("Time of an SMTP conversation").register(registry)).record(Duration.ofMillis(tookMillis));
        if (outcome == EventKind.DELIVERED) {
            String priority = PriorityClass.of(envelope.priority()).id();
            timers.computeIfAbsent("age|" + envelope.provider() + "|" + priority, key -> Timer.builder("dromedary.time.to.delivery")
                    .tag("provider", envelope.provider()).tag("priority", priority)
                    .description("Time from acceptance to delivery").register(registry)).record(age);
        }
    }

    /** Taken off a lane and not sent: cancelled, or the recipient suppressed. */
    public void withheld(Envelope envelope, EventKind why) {
        counters.computeIfAbsent("withheld|" + envelope.provider() + "|" + why.id(), key -> Counter.builder("dromedary.withheld").tag("provider", envelope.provider())
                .tag("reason", why.id()).description("Messages on a lane that were not sent, as they were cancelled or their recipient suppressed").register(registry)).increment();
    }

    /** Taken off a lane, though no message of ours, and set aside. */
    public void unreadable(String lane) {
        counters.computeIfAbsent("unreadable|" + lane, key -> Counter.builder("dromedary.unreadable").tag("lane", lane)
                .description("Messages on a lane that could not be read").register(registry)).increment();
    }

    /** Sent back to wait for room. */
    public void parked(Envelope envelope) {
        counters.computeIfAbsent("parked|" + envelope.provider(), key -> Counter.builder("dromedary.parked").tag("provider", envelope.provider())
                .description("Messages that waited too long for room and were parked").register(registry)).increment();
    }

    /** Offered again by the broker after it had been delivered, and not sent. */
    public void duplicatePrevented(Envelope envelope, @Nullable String pool) {
        String poolTag = pool == null ? NO_POOL : pool;
        counters.computeIfAbsent("prevented|" + envelope.provider() + "|" + poolTag, key -> Counter.builder("dromedary.duplicates.prevented")
                .tag("provider", envelope.provider()).tag("pool", poolTag)
                .description("Messages that were offered again after their delivery, and not sent again").register(registry)).increment();
    }

    /** No answer came to the end of data. @param outcome what was made of it */
    public void inDoubt(Envelope envelope, @Nullable String pool, EventKind outcome) {
        String poolTag = pool == null ? NO_POOL : pool;
        counters.computeIfAbsent("doubt|" + envelope.provider() + "|" + poolTag + "|" + outcome.id(), key -> Counter.builder("dromedary.in.doubt")
                .tag("provider", envelope.provider()).tag("pool", poolTag).tag("outcome", outcome.id())
                .description("Attempts whose end of data got no answer").register(registry)).increment();
    }

    /** @param bytes size of its files; @param failures records that could not be written since the start */
    public void sentLog(LongSupplier bytes, LongSupplier failures) {
        Gauge.builder("dromedary.sent.log.size", bytes, LongSupplier::getAsLong).strongReference(true).baseUnit("bytes")
                .description("Size of the files that remember what was sent").register(registry);
        FunctionCounter.builder("dromedary.sent.log.failures", failures, LongSupplier::getAsLong)
                .description("Records of what was sent that could not be written").register(registry);
    }

    /** Timers of one pool's connections and transactions. */
    public SmtpTimings smtp(String pool) {
        Timer connect = Timer.builder("dromedary.smtp.connect").tag("pool", pool)
                .description("Time until a new connection was ready for MAIL: greeting, EHLO, TLS and AUTH").register(registry);
        return new SmtpTimings() {
            @Override
            public void connected(long nanos) {
                connect.record(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void transaction(SmtpPhase reached, boolean accepted, long nanos) {
                String phase = reached.name().toLowerCase(Locale.ROOT);
                timers.computeIfAbsent("transaction|" + pool + "|" + phase + "|" + accepted, key -> Timer.builder("dromedary.smtp.transaction")
                        .tag("pool", pool).tag("reached", phase).tag("accepted", Boolean.toString(accepted))
                        .description("Time from MAIL to the reply that ended the transaction").register(registry)).record(nanos, TimeUnit.NANOSECONDS);
            }
        };
    }
}
