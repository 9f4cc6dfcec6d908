package dev.dromedary.camel;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.monitor.Meters;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import dev.dromedary.reputation.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes evidence of complaints, of as much as is known of the message complained about. */
final class Complaints {
    private static final String UNKNOWN = "";

    private final Learner everyone;
    private final Learner book;
    private final UnaryOperator<String> providers;
    private final Meters meters;

    /**
     * @param everyone  told where the pool is known
     * @param book      told where it is not, for stream and campaign
     * @param providers of domains
     */
    Complaints(Learner everyone, Learner book, UnaryOperator<String> providers, Meters meters) {
        this.everyone = everyone;
        this.book = book;
        this.providers = providers;
        this.meters = meters;
    }

    /** @param history of one message; its delivery says through which pool it went */
    void about(List<DeliveryEvent> history) {
        DeliveryEvent last = history.get(history.size() - 1);
        DeliveryEvent delivery = history.stream().filter(event -> event.kind() == EventKind.DELIVERED && event.pool() != null).findFirst().orElse(last);
        String sender = history.stream().map(DeliveryEvent::sender).filter(Objects::nonNull).findFirst().orElse(null);
        learn(delivery.pool(), delivery.provider(), sender == null ? null : sender.substring(sender.lastIndexOf('@') + 1), delivery.stream(), delivery.campaign());
    }

    /** By somebody whose message is not known. */
    void by(String address, @Nullable String stream, @Nullable String campaign) {
        learn(null, providers.apply(EmailAddress.parse(address).domain()), null, stream, campaign);
    }

    private void learn(@Nullable String pool, String provider, @Nullable String senderDomain, @Nullable String stream, @Nullable String campaign) {
        var evidence = new Evidence(pool == null ? UNKNOWN : pool, provider, senderDomain, stream == null ? UNKNOWN : stream, campaign, Signal.COMPLAINT, Duration.ZERO);
        meters.complained(provider, evidence.pool(), evidence.stream());
        (pool == null ? book : everyone).learn(evidence);
    }
}
