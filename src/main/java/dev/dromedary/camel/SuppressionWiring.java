package dev.dromedary.camel;

import dev.dromedary.cancel.CancellationStore;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventHistory;
import dev.dromedary.event.EventWriter;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.monitor.Meters;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.BatchSink;
import dev.dromedary.store.BrokerConnection;
import dev.dromedary.store.EventSender;
import dev.dromedary.store.QueueDrain;
import dev.dromedary.store.Queues;
import dev.dromedary.suppression.SuppressionNotice;
import dev.dromedary.suppression.SuppressionPolicy;
import dev.dromedary.suppression.SuppressionSink;
import dev.dromedary.suppression.SuppressionStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.apache.camel.main.Main;

/** The parts about those who get no mail and about what is cancelled. */
final class SuppressionWiring implements AutoCloseable {
    private static final int DRAIN_BATCH = 500;

    private final DromedaryConfig config;
    private final AuditLog audit;
    private final SuppressionStore suppressions;
    private final SuppressionPolicy policy;
    private final SuppressionSink sink;
    private final CancellationStore cancellations;
    private final QueueDrain<SuppressionNotice> drain;
    private final Complaints complaints;
    private final InstantSource clock;

    SuppressionWiring(DromedaryConfig config, DataSource source, BrokerConnection connection, Complaints complaints, InstantSource clock) throws SQLException {
        this.config = config;
        this.complaints = complaints;
        this.clock = clock;
        audit = new AuditLog(source);
        suppressions = new SuppressionStore(source, clock);
        policy = new SuppressionPolicy(config.suppression());
        sink = new SuppressionSink(suppressions, policy, source, clock);
        cancellations = new CancellationStore(source, new EventSender(connection.connectionFactory())::send, config.retry().maxAge(), config.node(), clock);
        drain = new QueueDrain<>(connection.drainFactory(), Queues.SUPPRESSION, DRAIN_BATCH, SuppressionNotice::fromHeaders, sink, clock);
        suppressions.refresh();
        cancellations.refresh();
    }

    /** @param spool folder for long answers until they are sent */
    void bind(Main main, ApiCall call, EventHistory history, Path spool) {
        main.bind("suppressionDrain", drain);
        main.bind("suppressionUpkeep", new SuppressionUpkeep(suppressions, sink, cancellations));
        main.bind("suppressionApi", new SuppressionApi(call, suppressions, audit, spool, clock));
        main.bind("complaintApi", new ComplaintApi(call, suppressions, policy, history, complaints, config.node(), clock));
        main.bind("cancelApi", new CancelApi(call, cancellations, audit));
    }

    SuppressionStore suppressions() {
        return suppressions;
    }

    boolean holds(EmailAddress to, String stream) {
        return suppressions.contains(to.toString(), stream);
    }

    /** Writes events, and forgets the strikes of those who have taken mail. */
    BatchSink<DeliveryEvent> events(EventWriter writer) {
        return events -> {
            writer.write(events);
            sink.delivered(events);
        };
    }

    RefusedRecipients refused(ReplyClassifier classifier) {
        return new RefusedRecipients(classifier, policy, clock);
    }

    Withholding withholding(Main main, Meters meters) {
        Withholding withholding = new Withholding(suppressions, cancellations.standing(), new ParcelWriter(), meters, clock, config.node());
        main.bind("withholding", withholding);
        return withholding;
    }

    @Override
    public void close() {
        drain.close();
    }
}
