package dev.dromedary.camel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.engagement.Engagement;
import dev.dromedary.engagement.EngagementKind;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventHistory;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.JsonFields;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.StrictJson;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.suppression.SuppressionReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From the JSON that tells what a recipient did, and what is known of the message, to an event. */
final class EngagementReader {
    private static final List<String> FIELDS = List.of("kind", "message_id", "recipient", "stream", "at", "machine");
    /** Clocks differ. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final EventHistory history;
    private final ProviderDirectory providers;
    private final InstantSource clock;

    EngagementReader(EventHistory history, ProviderDirectory providers, InstantSource clock) {
        this.history = history;
        this.providers = providers;
        this.clock = clock;
    }

    /** @throws RefusedException where it is none, or names neither a message that is known nor a recipient */
    Engagement read(byte[] json) throws SQLException {
        var fields = new JsonFields(StrictJson.object(json), "");
        fields.refuseUnknown(FIELDS);
        String word = fields.requiredText("kind");
        EngagementKind kind = EngagementKind.of(word).orElseThrow(() -> JsonFields.invalid("kind", word, "write open, click, reply or unsubscribe"));
        String id = fields.text("message_id");
        String to = fields.text("recipient");
        EmailAddress recipient = to == null ? null : EmailAddress.parse(to);
        List<DeliveryEvent> sent = id == null ? List.of() : sent(id, recipient);
        if (recipient == null && sent.isEmpty()) {
            throw id == null ? new RefusedException(RefusalCode.FIELD_MISSING, "recipient", "neither it nor message_id", "name one of them")
                    : new RefusedException(RefusalCode.NOT_FOUND, "message_id", id, "name the message of one recipient, or the recipient too");
        }
        EmailAddress who = sent.isEmpty() ? recipient : EmailAddress.parse(sent.get(0).recipient());
        String stream = sent.isEmpty() ? SuppressionReader.stream(fields.text("stream")) : sent.get(0).stream();
        Instant delivered = sent.stream().filter(event -> event.kind() == EventKind.DELIVERED || event.kind() == EventKind.DELIVERED_IN_DOUBT).map(DeliveryEvent::at)
                .min(Instant::compareTo).orElse(null);
        return new Engagement(kind, who.toString().toLowerCase(Locale.ROOT), sent.isEmpty() ? id : sent.get(0).messageId(), providers.providerOf(who.domain()), stream,
                at(fields.text("at")), flag(fields.value("machine")), !sent.isEmpty(), delivered);
    }

    /** Of a submission for many, the message of the recipient. */
    private List<DeliveryEvent> sent(String id, @Nullable EmailAddress recipient) throws SQLException {
        return history.of(id).stream()
                .filter(event -> recipient == null ? event.messageId().equals(id) : event.recipient().equalsIgnoreCase(recipient.toString())).toList();
    }

    private Instant at(@Nullable String text) {
        Instant now = clock.instant();
        Instant at = text == null ? now : SuppressionReader.time("at", text);
        if (at.isAfter(now.plus(AHEAD))) {
            throw JsonFields.invalid("at", String.valueOf(text), "write when it happened, which is not to come");
        }
        return at.isAfter(now) ? now : at;
    }

    private static boolean flag(@Nullable JsonNode value) {
        if (value != null && !value.isBoolean()) {
            throw JsonFields.invalid("machine", value.toString(), "write true or false");
        }
        return value != null && value.asBoolean();
    }
}
