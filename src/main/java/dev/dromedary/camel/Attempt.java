package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.Envelope;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.pool.Permit;
import dev.dromedary.pool.RoomRequest;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One attempt to deliver one message, carried along as an exchange property. Used by one thread at a time. */
final class Attempt {
    private static final String PROPERTY = "attempt";

    private final Envelope envelope;
    private final byte[] mime;
    private final boolean redelivered;
    private final Set<String> tried = new HashSet<>();
    private @Nullable String pool;
    private @Nullable SmtpReply reply;
    private long tookNanos;
    private @Nullable Turn turn;
    private boolean recalled;
    private Outcome.@Nullable DeliveredInDoubt inDoubt;

    /** Room taken for the first offer. */
    record Turn(DromedaryConfig.DeliveryRoute route, Permit permit) {
    }

    Attempt(Envelope envelope, byte[] mime, boolean redelivered) {
        this.envelope = envelope;
        this.mime = mime;
        this.redelivered = redelivered;
    }

    static Attempt of(Exchange exchange) {
        Attempt attempt = exchange.getProperty(PROPERTY, Attempt.class);
        if (attempt == null) {
            throw new IllegalStateException("exchange " + exchange.getExchangeId() + " carries no attempt: it must pass the lane's open step first");
        }
        return attempt;
    }

    static @Nullable Attempt find(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Attempt.class);
    }

    void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    void tried(String pool, @Nullable SmtpReply reply, long tookNanos) {
        tried.add(pool);
        this.pool = pool;
        this.reply = reply;
        this.tookNanos = tookNanos;
    }

    void turn(Turn taken) {
        turn = taken;
    }

    @Nullable Turn turn() {
        return turn;
    }

    /** The delivery route that it took room by, or null where it came to none. */
    @Nullable String route() {
        return turn == null ? null : turn.route().id();
    }

    /** Where nothing came of it. */
    void giveTurnBack() {
        if (turn != null) {
            turn.permit().nothingSent();
        }
    }

    RoomRequest asks(DromedaryConfig.DeliveryRoute route) {
        return new RoomRequest(route, envelope.provider(), PriorityClass.of(envelope.priority()), tried, tried.isEmpty());
    }

    /** What came of it is known from before, and nothing was sent now. */
    void recalled(String pool, @Nullable SmtpReply reply, long tookNanos) {
        tried(pool, reply, tookNanos);
        recalled = true;
    }

    boolean recalled() {
        return recalled;
    }

    /** No answer came to the end of data, and that is taken for a delivery. */
    void takenForDelivered(Outcome.DeliveredInDoubt outcome) {
        inDoubt = outcome;
    }

    Outcome.@Nullable DeliveredInDoubt inDoubt() {
        return inDoubt;
    }

    Envelope envelope() {
        return envelope;
    }

    byte[] mime() {
        return mime;
    }

    boolean redelivered() {
        return redelivered;
    }

    Set<String> tried() {
        return tried;
    }

    @Nullable String pool() {
        return pool;
    }

    @Nullable SmtpReply reply() {
        return reply;
    }

    int tookMillis() {
        return (int) (tookNanos / 1_000_000);
    }
}
