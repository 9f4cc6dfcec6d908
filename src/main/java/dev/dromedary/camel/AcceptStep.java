package dev.dromedary.camel;

import dev.dromedary.ingress.Acceptance;
import dev.dromedary.ingress.Acceptor;
import dev.dromedary.ingress.RequestKey;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.Submission;
import dev.dromedary.monitor.Meters;
import java.time.InstantSource;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The accept step in its route: a request becomes the parcels of one commit, and after the commit its acceptance. */
public final class AcceptStep {
    private static final String ACCEPTANCE = "acceptance";
    private static final String WAY = "way";

    private final Acceptor acceptor;
    private final ParcelWriter parcels;
    private final Meters meters;
    private final Lanes lanes;
    private final InstantSource clock;

    AcceptStep(Acceptor acceptor, ParcelWriter parcels, Meters meters, Lanes lanes, InstantSource clock) {
        this.acceptor = acceptor;
        this.parcels = parcels;
        this.meters = meters;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** What {@code direct:accept} takes as its body. */
    record Request(Submission submission, Way way, @Nullable RequestKey key) {
    }

    public void prepare(Exchange exchange) {
        Request request = exchange.getMessage().getBody(Request.class);
        Acceptance acceptance = acceptor.accept(request.submission(), request.way(), request.key());
        exchange.setProperty(ACCEPTANCE, acceptance);
        exchange.setProperty(WAY, request.way());
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(parcels.accepted(acceptance, clock.instant()));
    }

    public void conclude(Exchange exchange) {
        Acceptance acceptance = exchange.getProperty(ACCEPTANCE, Acceptance.class);
        acceptance.messages().stream().filter(message -> message.due() == null).forEach(message -> lanes.use(message.envelope()));
        meters.accepted(exchange.getProperty(WAY, Way.class), acceptance.messages().stream().map(Acceptance.Rendered::envelope).toList());
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(acceptance);
    }
}
