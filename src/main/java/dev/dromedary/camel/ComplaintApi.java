package dev.dromedary.camel;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventHistory;
import dev.dromedary.event.EventKind;
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
import java.util.Objects;
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
    private final String node;
    private final InstantSource clock;

    ComplaintApi(ApiCall call, SuppressionStore store, SuppressionPolicy policy, EventHistory history, Complaints complaints, String node, InstantSource clock) {
        this.call = call;
        this.store = store;
        this.policy = policy;
        this.history = history;
        this.complaints = complaints;
        this.node = node;
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
        String source = fields.text("source");
        List<DeliveryEvent> sent = sent(fields.text("message_id"));
        List<Suppression> entries = List.of(policy.complaint(address, stream, detail(source, campaign), clock.instant()));
        if (sent.isEmpty()) {
            store.extend(entries, List.of());
            complaints.by(address, stream, campaign);
        } else {
            about(sent, entries, "told", source);
        }
        answer(exchange, "told", entries);
    }

    /** The message it is about is known by its id, and with it the recipient, whom providers often hide, and the stream. */
    private void reported(Exchange exchange, FeedbackReport report) throws SQLException {
        if (!report.complains()) {
            answer(exchange, report.type(), List.of());
            return;
        }
        List<DeliveryEvent> sent = sent(report.messageId());
        List<Suppression> entries;
        if (!sent.isEmpty()) {
            DeliveryEvent one = sent.get(0);
            entries = List.of(policy.complaint(one.recipient(), one.stream(), detail(report.source(), one.campaign()), clock.instant()));
            about(sent, entries, report.type(), report.source());
        } else if (report.recipients().isEmpty()) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "recipient", "none", "it names neither a recipient nor a message of ours: tell the address in JSON");
        } else {
            entries = report.recipients().stream().map(to -> policy.complaint(to, null, detail(report.source(), null), clock.instant())).toList();
            store.extend(entries, List.of());
            report.recipients().forEach(to -> complaints.by(to, null, null));
        }
        answer(exchange, report.type(), entries);
    }

    /** A message has one recipient, who can complain of it once: what is told again is no evidence. */
    private void about(List<DeliveryEvent> sent, List<Suppression> entries, String type, @Nullable String source) throws SQLException {
        String by = source == null || source.isEmpty() ? "" : " by " + source;
        if (store.extend(entries, List.of(complained(sent, "the recipient complained (" + type + ")" + by))) > 0) {
            complaints.about(sent);
        }
    }

    private DeliveryEvent complained(List<DeliveryEvent> sent, String detail) {
        DeliveryEvent e = sent.get(0);
        String pool = sent.stream().filter(event -> event.kind() == EventKind.DELIVERED || event.kind() == EventKind.DELIVERED_IN_DOUBT).map(DeliveryEvent::pool)
                .filter(Objects::nonNull).findFirst().orElse(null);
        return new DeliveryEvent(e.messageId(), e.submissionId(), EventKind.COMPLAINED, 0, clock.instant(), null, e.sender(), e.recipient(), e.provider(), pool,
                e.stream(), e.campaign(), e.tags(), 0, null, null, detail, e.size(), null, null, node, null, null);
    }

    /** @return what happened to the message, oldest first; empty where it is not known */
    private List<DeliveryEvent> sent(@Nullable String messageId) throws SQLException {
        return messageId == null ? List.of() : history.of(messageId).stream().filter(event -> event.messageId().equals(messageId)).toList();
    }

    private static void answer(Exchange exchange, String type, List<Suppression> entries) {
        ApiCall.answer(exchange, 200, Map.of("feedback_type", type, "suppressed", entries.stream().map(SuppressionJson::entry).toList()));
    }

    private static String detail(@Nullable String source, @Nullable String campaign) {
        String by = source == null || source.isEmpty() ? "" : "by " + source;
        String about = campaign == null ? "" : "campaign " + campaign;
        return SuppressionReader.detail(by + (by.isEmpty() || about.isEmpty() ? "" : ", ") + about);
    }
}
