package dev.dromedary.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The attachments of a JSON submission. */
final class JsonAttachments {
    private static final List<String> KNOWN = List.of("filename", "content_type", "content", "content_id");
    private static final int MAX_FILENAME = 255;
    private static final int MAX_CONTENT_TYPE = 200;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    /** RFC 2045 section 5.1, without comments. Only ever tried on {@value #MAX_CONTENT_TYPE} characters. */
    private static final Pattern MEDIA_TYPE =
        Pattern.compile(TOKEN + "/" + TOKEN + "( ?; ?" + TOKEN + "=(" + TOKEN + "|\"[\\x20-\\x7e&&[^\"\\\\]]*\"))*");
    /** RFC 5322 section 3.6.4 msg-id without its angle brackets, and without white space. */
    private static final Pattern CONTENT_ID = Pattern.compile("[\\x21-\\x7e&&[^<>]]{1,200}");

    private JsonAttachments() {
    }

    static List<Attachment> read(JsonFields fields, SubmissionLimits limits) {
        JsonNode value = fields.value("attachments");
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw JsonFields.invalid("attachments", value.getNodeType().toString(), "write an array of objects");
        }
        List<Attachment> attachments = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            attachments.add(attachment("attachments[" + attachments.size() + "]", element, limits));
        }
        return attachments;
    }

    private static Attachment attachment(String path, JsonNode element, SubmissionLimits limits) {
        if (!(element instanceof ObjectNode node)) {
            throw JsonFields.invalid(path, element.getNodeType().toString(), "write an object of " + String.join(", ", KNOWN));
        }
        var fields = new JsonFields(node, path + ".");
        fields.refuseUnknown(KNOWN);
        String filename = fields.requiredText("filename");
        TextRules.refuseControls(path + ".filename", filename);
        if (filename.isBlank() || filename.length() > MAX_FILENAME) {
            throw JsonFields.invalid(path + ".filename", filename, "use 1-" + MAX_FILENAME + " characters");
        }
        return new Attachment(filename, contentType(path + ".content_type", fields.requiredText("content_type")),
            base64(path + ".content", fields.requiredText("content"), limits), contentId(path + ".content_id", fields.text("content_id")));
    }

    private static String contentType(String subject, String value) {
        TextRules.refuseControls(subject, value);
        if (value.length() > MAX_CONTENT_TYPE || !MEDIA_TYPE.matcher(value).matches()) {
            throw JsonFields.invalid(subject, value, "write a media type such as application/pdf");
        }
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.startsWith("multipart/") || lower.startsWith("message/")) {
            throw JsonFields.invalid(subject, value, "attach it as application/octet-stream: this type cannot be sent as base64 (RFC 2045 section 6.4)");
        }
        return value;
    }

    private static @Nullable String contentId(String subject, @Nullable String value) {
        if (value == null) {
            return null;
        }
        TextRules.refuseControls(subject, value);
        if (!CONTENT_ID.matcher(value).matches()) {
            throw JsonFields.invalid(subject, value, "use 1-200 printable ASCII characters, no space and no angle brackets");
        }
        return value;
    }

    /** RFC 4648 section 4: no line breaks, padding as it must be. */
    static byte[] base64(String subject, String value, SubmissionLimits limits) {
        limits.refuseLargeContent(subject, value.length() / 4 * 3L - 2);
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException notBase64) {
            throw JsonFields.invalid(subject, value.length() > 40 ? value.substring(0, 40) + "..." : value,
                "encode it as base64 without line breaks (RFC 4648 section 4)");
        }
    }
}
