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
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that tells of a complaint, which suppresses and counts as evidence, in JSON or as the mail of RFC 5965; docs/http-api.md describes it. */
public final class ComplaintApi {
    private static final int LARGEST_MAIL = 10 << 20;

    private final ApiCall call;
    private final SuppressionStore store;
    private final SuppressionPolicy policy;
    private final EventHistory history;
    private final Complaints complaints;
    private final InstantSource clock;

    ComplaintApi(ApiCall call, SuppressionStore store, SuppressionPolicy policy, EventHistory history, Complaints complaints, InstantSource clock) {
        this.call = call;
        this.store = store;
        this.policy = policy;
        this.history = history;
        this.complaints = complaints;
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
        fields.refuseUnknown(List.of("address", "stream", "campaign", "source", "message_id"));
        String address = EmailAddress.parse(fields.requiredText("address")).toString();
        String stream = SuppressionReader.stream(fields.text("stream"));
        String campaign = fields.text("campaign");
        List<DeliveryEvent> sent = sent(fields.text("message_id"));
        suppress(exchange, "told", List.of(policy.complaint(address, stream, detail(fields.text("source"), campaign), clock.instant())));
        if (sent.isEmpty()) {
            complaints.by(address, stream, campaign);
        } else {
            complaints.about(sent);
        }
    }

    /** The message it is about is known by its id, and with it the recipient, whom providers often hide, and the stream. */
    private void reported(Exchange exchange, FeedbackReport report) throws SQLException {
        if (!report.complains()) {
            suppress(exchange, report.type(), List.of());
            return;
        }
        List<DeliveryEvent> sent = sent(report.messageId());
        if (!sent.isEmpty()) {
            DeliveryEvent one = sent.get(0);
            suppress(exchange, report.type(), List.of(policy.complaint(one.recipient(), one.stream(), detail(report.source(), one.campaign()), clock.instant())));
            complaints.about(sent);
            return;
        }
        if (report.recipients().isEmpty()) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "recipient", "none", "it names neither a recipient nor a message of ours: tell the address in JSON");
        }
        suppress(exchange, report.type(), report.recipients().stream().map(to -> policy.complaint(to, null, detail(report.source(), null), clock.instant())).toList());
        report.recipients().forEach(to -> complaints.by(to, null, null));
    }

    /** @return what happened to the message, oldest first; empty where it is not known */
    private List<DeliveryEvent> sent(@Nullable String messageId) throws SQLException {
        return messageId == null ? List.of() : history.of(messageId).stream().filter(event -> event.messageId().equals(messageId)).toList();
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
