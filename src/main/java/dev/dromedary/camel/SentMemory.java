package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.Envelope;
import dev.dromedary.monitor.Meters;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.retry.DoubtVerdict;
import dev.dromedary.sent.Deliveries;
import dev.dromedary.sent.SentRecord;
import dev.dromedary.smtp.EndOfDataWatch;
import dev.dromedary.smtp.SmtpDeliveryException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what was sent and not recorded from being sent again: asked before a message is offered to a pool, told at the end of data. */
final class SentMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SentMemory.class);
    private static final String FOLDER = "sent-log";

    private final Deliveries deliveries;
    private final DoubtVerdict doubt;

    private SentMemory(Deliveries deliveries, DoubtVerdict doubt) {
        this.deliveries = deliveries;
        this.doubt = doubt;
    }

    /** @param data the folder for everything kept on disk */
    static SentMemory open(DromedaryConfig config, Path data, DoubtVerdict doubt, InstantSource clock, Meters meters) {
        var log = config.sentLog();
        Deliveries deliveries = log.enabled() ? Deliveries.logged(data.resolve(FOLDER), log.keep(), log.sync(), config.retry().maxAge(), clock)
                : Deliveries.inMemory(log.keep(), clock);
        meters.sentLog(deliveries::logBytes, deliveries::logFailures);
        return new SentMemory(deliveries, doubt);
    }

    EndOfDataWatch watch(Envelope envelope, String pool) {
        return new SentWatch(deliveries, doubt, envelope, pool);
    }

    /** Whether there is anything that decides this very attempt already. */
    boolean knows(Envelope envelope) {
        return deliveries.of(envelope) != null;
    }

    /**
     * Where this very attempt was delivered before, gives the exchange the reply of then.
     *
     * @return false where nothing is known, so that the message is to be sent
     * @throws SmtpDeliveryException in doubt, where the end of data was sent and the process died before an answer was recorded
     */
    boolean recall(Exchange exchange, Attempt attempt) throws SmtpDeliveryException {
        SentRecord before = deliveries.of(attempt.envelope());
        if (before == null) {
            return false;
        }
        SmtpReply reply = before.taken() ? new SmtpReply(before.code(), before.enhanced(), before.text()) : null;
        attempt.recalled(before.pool(), reply, before.tookMillis() * 1_000_000L);
        if (reply == null) {
            throw new SmtpDeliveryException(before.pool(), SmtpPhase.END_OF_DATA, null, true,
                    "the end of data was sent at " + before.at() + ", and what came of it was not recorded", null);
        }
        LOG.info("{}: delivered before through {}, and offered again because that was not recorded; not sent again", attempt.envelope().id(), before.pool());
        exchange.getMessage().setHeader(PoolRoutes.REPLY, reply);
        return true;
    }

    /** Whether the message's stream takes what is in doubt for delivered; then the attempt says so, and it is settled as a delivery. */
    boolean takesForDelivered(Attempt attempt, SmtpDeliveryException failure) {
        if (failure.inDoubt() && doubt.of(attempt.envelope(), failure.pool(), failure.getMessage()) instanceof Outcome.DeliveredInDoubt outcome) {
            attempt.takenForDelivered(outcome);
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        deliveries.close();
    }
}
