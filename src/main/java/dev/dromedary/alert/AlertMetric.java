package dev.dromedary.alert;

import static dev.dromedary.alert.By.ALL;
import static dev.dromedary.alert.By.NODE;
import static dev.dromedary.alert.By.POOL;
import static dev.dromedary.alert.By.POOL_PROVIDER;
import static dev.dromedary.alert.By.PROVIDER;
import static dev.dromedary.alert.By.QUEUE;
import static dev.dromedary.alert.By.STREAM;
import static dev.dromedary.alert.By.WAY;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a rule may be about. Values are those of docs/history.md, in the unit that is said. */
public enum AlertMetric {
    ACCEPTED_PER_SECOND("messages accepted a second", "messages/s", true, EnumSet.of(ALL, WAY), one -> Reading.perSecond(one, one.counts().accepted()), null),
    DELIVERED_PER_SECOND("messages delivered a second", "messages/s", true, Out.BY, one -> Reading.perSecond(one, one.counts().delivered()), null),
    ERROR_RATE("attempts that failed for good", "%", false, Out.BY, one -> one.counts().errorRate(), Reading::attempts),
    DEFERRAL_RATE("attempts that were put off", "%", false, Out.BY, one -> one.counts().deferralRate(), Reading::attempts),
    COMPLAINT_RATE("complaints, of what was delivered", "%", false, EnumSet.of(ALL, PROVIDER, POOL, STREAM, POOL_PROVIDER), one -> one.counts().complaintRate(),
            one -> one.counts().delivered()),
    SMTP_LATENCY("mean conversation with a server", "ms", false, Out.BY, one -> (double) one.smtpMillis() / one.counts().attempts(), Reading::attempts),
    TIME_TO_DELIVERY("acceptance to delivery, 95 of 100 within", "s", false, Out.BY, one -> one.delivery().percentile(0.95) / 1000, one -> one.delivery().count()),
    BACKLOG("messages in the queues of lanes", "messages", false, EnumSet.of(ALL, QUEUE), "queue"),
    QUEUE_AGE("age of the oldest message in a lane", "s", false, EnumSet.of(ALL, QUEUE), "queue_age"),
    WAITING("messages that wait in the database", "messages", false, EnumSet.of(ALL, PROVIDER), "waiting"),
    REPUTATION("reputation", "0 to 1", true, EnumSet.of(POOL, POOL_PROVIDER), "reputation"),
    POOLS_AVAILABLE("healthy pools", "pools", true, EnumSet.of(ALL, POOL), "pool"),
    HEAP_USED("heap in use", "%", false, EnumSet.of(NODE), "heap"),
    CPU_USED("processor time in use", "%", false, EnumSet.of(NODE), "cpu"),
    DISK_USED("disk in use", "%", false, EnumSet.of(NODE), "disk"),
    DATABASE_WRITE("time to write a sample to the database", "ms", false, EnumSet.of(NODE), "database");

    private final String text;
    private final String unit;
    private final boolean lowIsBad;
    private final Set<By> by;
    private final @Nullable ToDoubleFunction<Measured> value;
    private final @Nullable ToLongFunction<Measured> messages;
    private final @Nullable String gauge;

    /** What attempts can be told apart by. An enum's own constants cannot refer to its static fields. */
    private static final class Out {
        static final Set<By> BY = EnumSet.of(ALL, PROVIDER, POOL, POOL_PROVIDER, STREAM);
    }

    AlertMetric(String text, String unit, boolean lowIsBad, Set<By> by, ToDoubleFunction<Measured> value, @Nullable ToLongFunction<Measured> messages) {
        this(text, unit, lowIsBad, by, value, messages, null);
    }

    AlertMetric(String text, String unit, boolean lowIsBad, Set<By> by, String gauge) {
        this(text, unit, lowIsBad, by, null, null, gauge);
    }

    AlertMetric(String text, String unit, boolean lowIsBad, Set<By> by, @Nullable ToDoubleFunction<Measured> value, @Nullable ToLongFunction<Measured> messages,
            @Nullable String gauge) {
        this.text = text;
        this.unit = unit;
        this.lowIsBad = lowIsBad;
        this.by = by;
        this.value = value;
        this.messages = messages;
        this.gauge = gauge;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String text() {
        return text;
    }

    public String unit() {
        return unit;
    }

    /** Which way it goes bad where a rule does not say. */
    public boolean lowIsBad() {
        return lowIsBad;
    }

    /** What it can be told apart by, the usual first. */
    public Set<By> by() {
        return by;
    }

    /** The gauge of the history that it is read off, or null where it is counted. */
    public @Nullable String gauge() {
        return gauge;
    }

    /** Whether a subject of which nothing passed has a value all the same: no mail is 0 messages a second, but no share of anything. */
    public boolean zeroWhereNothingPassed() {
        return value != null && messages == null;
    }

    /** Of what passed. */
    public Reading of(Measured one) {
        if (value == null) {
            throw new IllegalStateException(id() + " is not counted");
        }
        double is = value.applyAsDouble(one);
        return new Reading(one.subject(), Double.isFinite(is) ? is : Double.NaN, messages == null ? Reading.COUNTLESS : messages.applyAsLong(one));
    }

    /** Of what stood, on all nodes. */
    public List<Reading> of(List<Stood> gauges, By by) {
        return Gauges.read(this, by, gauges);
    }
}
