package dev.dromedary.camel;

import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.retry.DoubtVerdict;
import dev.dromedary.sent.Deliveries;
import dev.dromedary.smtp.EndOfDataWatch;

/** Remembers what becomes of one offer of a message to a pool, at the moment when it is known. */
final class SentWatch implements EndOfDataWatch {
    private final Deliveries deliveries;
    private final Envelope envelope;
    private final String pool;
    private final boolean remembersStart;
    private final long began = System.nanoTime();

    SentWatch(Deliveries deliveries, DoubtVerdict doubt, Envelope envelope, String pool) {
        this.deliveries = deliveries;
        this.envelope = envelope;
        this.pool = pool;
        this.remembersStart = doubt.remembersStart(envelope);
    }

    @Override
    public void aboutToSend() {
        if (remembersStart) {
            deliveries.started(envelope, pool);
        }
    }

    @Override
    public void answered(SmtpReply reply) {
        if (reply.positive()) {
            deliveries.taken(envelope, pool, reply, (int) ((System.nanoTime() - began) / 1_000_000));
        } else if (remembersStart) {
            deliveries.refused(envelope, pool, reply);
        }
    }
}
