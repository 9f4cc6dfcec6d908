package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.retry.Verdict;
import dev.dromedary.store.MessageCodec;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The first step of every lane: reads the envelope, and drops every header, so that none can steer what comes after. */
public final class LaneStep {
    private final Verdict verdict;
    private final Map<String, DromedaryConfig.Provider> providers;

    LaneStep(Verdict verdict, Map<String, DromedaryConfig.Provider> providers) {
        this.verdict = verdict;
        this.providers = providers;
    }

    public void open(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] mime = message.getBody(byte[].class);
        Envelope envelope = MessageCodec.fromHeaders(message.getHeaders(), mime.length);
        boolean redelivered = Boolean.TRUE.equals(message.getHeader("JMSRedelivered", Boolean.class));
        message.removeHeaders("*");
        new Attempt(envelope, mime, redelivered).attachTo(exchange);
    }

    /** @throws ExpiredException where the message's age is up */
    public void screen(Exchange exchange) throws ExpiredException {
        Attempt attempt = Attempt.of(exchange);
        Optional<Outcome> tooOld = verdict.ofAge(attempt.envelope());
        if (tooOld.isPresent() && tooOld.get() instanceof Outcome.Expired expired) {
            throw new ExpiredException(expired.reason());
        }
    }

    /** 0 where the pool's own number holds. */
    int messagesPerConnection(Envelope envelope) {
        DromedaryConfig.Provider provider = providers.get(envelope.provider());
        return provider == null || provider.messagesPerConnection() == null ? 0 : provider.messagesPerConnection();
    }
}
