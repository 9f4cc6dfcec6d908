package dev.dromedary.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the fields of a JSON object, or of a CSV row made into one, to a submission. */
final class JsonSubmission {
    static final List<String> KNOWN = List.of("message_id", "from", "to", "subject", "text", "html", "headers", "attachments", "raw", "raw_base64",
        "priority", "scheduled_time", "max_retries", "max_age", "dsn", "send_time", "within", "stream", "campaign", "tags");
    private static final List<String> COMPOSED = List.of("subject", "text", "html", "headers", "attachments");

    private final JsonFields fields;
    private final SubmissionLimits limits;

    JsonSubmission(ObjectNode object, SubmissionLimits limits) {
        this.fields = new JsonFields(object, "");
        this.limits = limits;
    }

    Submission read() {
        fields.refuseUnknown(KNOWN);
        String from = fields.requiredText("from");
        if (!fields.has("to")) {
            throw JsonFields.missing("to");
        }
        List<EmailAddress> to = limits.recipients(fields.texts("to"));
        return fields.has("raw") || fields.has("raw_base64") ? raw(from, to) : composed(from, to);
    }

    private Submission raw(String from, List<EmailAddress> to) {
        for (String name : COMPOSED) {
            if (fields.has(name)) {
                throw JsonFields.invalid(name, "given beside raw", "leave it out, or compose the message without raw");
            }
        }
        byte[] bytes = rawBytes();
        RawRules.check(bytes, limits);
        EmailAddress sender = Sender.isNull(from) ? null : Sender.parse(from).address();
        return attributes().orElse(RawAttributes.of(bytes)).submission(sender, to, new Content.Raw(bytes));
    }

    private byte[] rawBytes() {
        String text = fields.text("raw");
        String base64 = fields.text("raw_base64");
        if (text == null) {
            return base64 == null ? new byte[0] : JsonAttachments.base64("raw_base64", base64, limits);
        }
        if (base64 != null) {
            throw JsonFields.invalid("raw_base64", "given beside raw", "give one of the two");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Submission composed(String fromText, List<EmailAddress> to) {
        if (Sender.isNull(fromText)) {
            throw new RefusedException(RefusalCode.SENDER_MALFORMED, "from", fromText.isEmpty() ? "an empty string" : fromText,
                "give an address: only a raw message can have the null sender");
        }
        Mailbox from = Sender.parse(fromText);
        String subject = orEmpty(fields.text("subject"));
        TextRules.refuseControls("subject", subject);
        String text = fields.text("text");
        String html = fields.text("html");
        List<Header> headers = JsonHeaders.read(fields, fromText, from);
        List<Attachment> attachments = JsonAttachments.read(fields, limits);
        if (orEmpty(text).isEmpty() && orEmpty(html).isEmpty() && attachments.isEmpty()) {
            throw new RefusedException(RefusalCode.BODY_EMPTY, "body", "no text, html, attachments or raw", "give at least one of them");
        }
        var content = new Content.Composed(subject, text, html, List.copyOf(headers), List.copyOf(attachments));
        limits.refuseLargeContent("body", size(content));
        return attributes().submission(from.address(), to, content);
    }

    private static long size(Content.Composed content) {
        long octets = TextRules.utf8Length(content.subject()) + TextRules.utf8Length(orEmpty(content.text()))
            + TextRules.utf8Length(orEmpty(content.html()));
        for (Header header : content.headers()) {
            octets += header.name().length() + TextRules.utf8Length(header.value());
        }
        for (Attachment attachment : content.attachments()) {
            octets += attachment.content().length;
        }
        return octets;
    }

    private Attributes attributes() {
        String id = fields.text("message_id");
        String time = fields.text("scheduled_time");
        String stream = fields.text("stream");
        String campaign = fields.text("campaign");
        JsonNode priority = fields.value("priority");
        JsonNode retries = fields.value("max_retries");
        String age = fields.text("max_age");
        String dsn = fields.text("dsn");
        String sendTime = fields.text("send_time");
        String within = fields.text("within");
        return new Attributes(
            id == null ? null : Attributes.messageId("message_id", id),
            priority == null ? null : Attributes.priority("priority", numberOrWord(priority)),
            time == null ? null : Attributes.scheduledTime("scheduled_time", time),
            retries == null ? null : Attributes.maxRetries("max_retries", retries.isIntegralNumber() ? retries.asText() : retries.toString()),
            age == null ? null : Attributes.maxAge("max_age", age),
            dsn == null ? null : Attributes.dsn("dsn", dsn),
            sendTime == null ? null : Attributes.best("send_time", sendTime),
            within == null ? null : Attributes.within("within", within),
            stream == null ? null : Attributes.stream("stream", stream),
            campaign == null ? null : Attributes.campaign("campaign", campaign),
            Attributes.tags("tags", fields.texts("tags")));
    }

    /** A number as its digits, a word as itself; all else, a string of digits too, as JSON, which no rule accepts. */
    private static String numberOrWord(JsonNode value) {
        boolean word = value.isTextual() && !value.textValue().chars().anyMatch(Character::isDigit);
        return word || value.isIntegralNumber() ? value.asText() : value.toString();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
