package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.retry.Verdict;
import dev.dromedary.store.MalformedMessageException;
import dev.dromedary.store.MessageCodec;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first steps of every lane: reads the envelope, drops every header, so that none can steer what comes after, and holds what must not be sent now. */
public final class LaneStep {
    private static final Logger LOG = LoggerFactory.getLogger(LaneStep.class);

    private final Verdict verdict;
    private final Map<String, DromedaryConfig.Provider> providers;
    private final LaneWaits waits;
    private final SentMemory sent;
    private final PoolBalancer balancer;

    LaneStep(Verdict verdict, Map<String, DromedaryConfig.Provider> providers, LaneWaits waits, SentMemory sent, PoolBalancer balancer) {
        this.verdict = verdict;
        this.providers = providers;
        this.waits = waits;
        this.sent = sent;
        this.balancer = balancer;
    }

    /** @throws MalformedMessageException for what is no message of ours; what there is of it is left for {@link Unreadable#of} */
    public void open(Exchange exchange) throws JMSException {
        jakarta.jms.Message jms = exchange.getMessage(JmsMessage.class).getJmsMessage();
        try {
            Envelope envelope = MessageCodec.envelope(jms);
            new Attempt(envelope, MessageCodec.body(jms), jms.getJMSRedelivered()).attachTo(exchange);
        } catch (MalformedMessageException e) {
            Unreadable.of(jms, e).attachTo(exchange);
            throw e;
        }
        exchange.getMessage().removeHeaders("*");
    }

    /** Waits for the message's turn and takes room at a pool, and then may wait for the provider's ceiling. */
    public void takeTurn(Exchange exchange) throws Exception {
        Attempt attempt = Attempt.of(exchange);
        // Camel leaves out the error handling of an exchange that was interrupted, so this is where its wait and its room end for certain.
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                waits.permits().leave();
                attempt.giveTurnBack();
            }
        });
        balancer.takeTurn(attempt);
        waits.permits().enter();
    }

    /**
     * What was sent already is only recorded, so nothing holds it back.
     *
     * @throws ExpiredException where the message's age is up
     * @throws NoRoomException  where its send window closed while it was in the lane
     */
    public void screen(Exchange exchange) throws ExpiredException, HeldException, NoRoomException, InterruptedException {
        waits.permits().leave();
        waits.storage().pass();
        Attempt attempt = Attempt.of(exchange);
        if (sent.knows(attempt.envelope())) {
            return;
        }
        Optional<Outcome> tooOld = verdict.ofAge(attempt.envelope());
        if (tooOld.isPresent() && tooOld.get() instanceof Outcome.Expired expired) {
            throw new ExpiredException(expired.reason());
        }
        Duration closed = verdict.untilWindow(attempt.envelope());
        if (!closed.isZero()) {
            throw new NoRoomException("outside the send window of stream " + attempt.envelope().stream(), closed, false);
        }
    }

    /** A stop came before the message was sent. */
    public void held(Exchange exchange) {
        LOG.info("{}: the program stops; back to the broker, unsent", Attempt.of(exchange).envelope().id());
    }

    /** 0 where the pool's own number holds. */
    int messagesPerConnection(Envelope envelope) {
        DromedaryConfig.Provider provider = providers.get(envelope.provider());
        return provider == null || provider.messagesPerConnection() == null ? 0 : provider.messagesPerConnection();
    }
}
