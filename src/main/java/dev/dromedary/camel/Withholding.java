package dev.dromedary.camel;

import dev.dromedary.cancel.Cancellation;
import dev.dromedary.cancel.Cancellations;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.Envelope;
import dev.dromedary.monitor.Meters;
import dev.dromedary.suppression.SuppressionStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The last look before a message is offered to a pool: it may have been hours on its lane. Answered from memory. */
public final class Withholding {
    private final SuppressionStore suppressions;
    private final Cancellations cancellations;
    private final ParcelWriter parcels;
    private final Meters meters;
    private final InstantSource clock;
    private final String node;

    Withholding(SuppressionStore suppressions, Cancellations cancellations, ParcelWriter parcels, Meters meters, InstantSource clock, String node) {
        this.suppressions = suppressions;
        this.cancellations = cancellations;
        this.parcels = parcels;
        this.meters = meters;
        this.clock = clock;
        this.node = node;
    }

    /** @throws WithheldException where the message must not be sent */
    void check(Envelope envelope) throws WithheldException {
        Optional<Cancellation> cancelled = cancellations.stopping(envelope);
        if (cancelled.isPresent()) {
            throw new WithheldException(EventKind.CANCELLED, cancelled.get().text());
        }
        if (suppressions.contains(envelope.to().toString(), envelope.stream())) {
            throw new WithheldException(EventKind.SUPPRESSED, "the recipient came onto the suppression list while the message waited");
        }
    }

    /** The event in place of a delivery. */
    public List<Parcel> withheld(Exchange exchange) {
        var withheld = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, WithheldException.class);
        Envelope envelope = Attempt.of(exchange).envelope();
        meters.withheld(envelope, withheld.kind());
        return List.of(parcels.event(DeliveryEvent.notSent(envelope, withheld.kind(), clock.instant(), withheld.getMessage(), node)));
    }
}
