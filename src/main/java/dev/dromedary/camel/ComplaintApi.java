package dev.dromedary.camel;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventHistory;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.JsonFields;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.StrictJson;
import dev.dromedary.suppression.FeedbackReport;
import dev.dromedary.suppression.Suppression;
import dev.dromedary.suppression.SuppressionPolicy;
import dev.dromedary.suppression.SuppressionReader;
import dev.dromedary.suppression.SuppressionStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that tells of a complaint, in JSON or as the mail of RFC 5965; docs/http-api.md describes it. */
public final class ComplaintApi {
    private static final int LARGEST_MAIL = 10 << 20;

    private final ApiCall call;
    private final SuppressionStore store;
    private final SuppressionPolicy policy;
    private final EventHistory history;
    private final InstantSource clock;

    ComplaintApi(ApiCall call, SuppressionStore store, SuppressionPolicy policy, EventHistory history, InstantSource clock) {
        this.call = call;
        this.store = store;
        this.policy = policy;
        this.history = history;
        this.clock = clock;
    }

    public void complain(Exchange exchange) throws SQLException, IOException {
        RequestStream body = ApiBody.of(exchange);
        String type = call.open(exchange, "Content-Type").getOrDefault("Content-Type", "none");
        if (type.startsWith("application/json")) {
            told(exchange, new JsonFields(StrictJson.object(ApiBody.small(body)), ""));
        } else if (type.startsWith("message/rfc822")) {
            reported(exchange, FeedbackReport.parse(ApiBody.whole(body, LARGEST_MAIL)));
        } else if (type.startsWith("multipart/report") && type.chars().noneMatch(Character::isISOControl)) {
            var mail = new ByteArrayOutputStream();
            mail.write(("Content-Type: " + type + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            mail.write(ApiBody.whole(body, LARGEST_MAIL));
            reported(exchange, FeedbackReport.parse(mail.toByteArray()));
        } else {
            throw new RefusedException(RefusalCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", type, "send application/json, message/rfc822 or multipart/report");
        }
    }

    private void told(Exchange exchange, JsonFields fields) throws SQLException {
        fields.refuseUnknown(List.of("address", "stream", "campaign", "source"));
        String address = EmailAddress.parse(fields.requiredText("address")).toString();
        suppress(exchange, "told", List.of(policy.complaint(address, SuppressionReader.stream(fields.text("stream")), detail(fields.text("source"), fields.text("campaign")),
                clock.instant())));
    }

    /** The message it is about is known by its id, and with it the recipient, whom providers often hide, and the stream. */
    private void reported(Exchange exchange, FeedbackReport report) throws SQLException {
        if (!report.complains()) {
            suppress(exchange, report.type(), List.of());
            return;
        }
        Optional<DeliveryEvent> sent = sent(report.messageId());
        List<Suppression> entries = sent.isPresent()
                ? List.of(policy.complaint(sent.get().recipient(), sent.get().stream(), detail(report.source(), sent.get().campaign()), clock.instant()))
                : report.recipients().stream().map(to -> policy.complaint(to, null, detail(report.source(), null), clock.instant())).toList();
        if (entries.isEmpty()) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "recipient", "none", "it names neither a recipient nor a message of ours: tell the address in JSON");
        }
        suppress(exchange, report.type(), entries);
    }

    private Optional<DeliveryEvent> sent(@Nullable String messageId) throws SQLException {
        return messageId == null ? Optional.empty() : history.of(messageId).stream().filter(event -> event.messageId().equals(messageId)).findFirst();
    }

    private void suppress(Exchange exchange, String type, List<Suppression> entries) throws SQLException {
        for (Suppression entry : entries) {
            store.extend(entry);
        }
        ApiCall.answer(exchange, 200, Map.of("feedback_type", type, "suppressed", entries.stream().map(SuppressionJson::entry).toList()));
    }

    private static String detail(@Nullable String source, @Nullable String campaign) {
        String by = source == null || source.isEmpty() ? "" : "by " + source;
        String about = campaign == null ? "" : "campaign " + campaign;
        return SuppressionReader.detail(by + (by.isEmpty() || about.isEmpty() ? "" : ", ") + about);
    }
}
