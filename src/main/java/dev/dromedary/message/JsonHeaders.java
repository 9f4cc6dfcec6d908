package dev.dromedary.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The header fields of a JSON submission: from its {@code headers}, and a From where the sender has a display name. */
final class JsonHeaders {
    private JsonHeaders() {
    }

    static List<Header> read(JsonFields fields, String fromText, Mailbox from) {
        List<Header> headers = new ArrayList<>();
        JsonNode value = fields.value("headers");
        if (value != null) {
            if (!(value instanceof ObjectNode object)) {
                throw JsonFields.invalid("headers", value.getNodeType().toString(), "write an object of names and values");
            }
            addAll(headers, object, from);
        }
        if (from.named() && headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("From"))) {
            headers.add(0, new Header("From", fromText));
        }
        return headers;
    }

    private static void addAll(List<Header> headers, ObjectNode object, Mailbox from) {
        Set<String> seenOnce = new HashSet<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            HeaderRules.checkName(name);
            String subject = "headers." + name;
            for (String text : JsonFields.texts(subject, field.getValue())) {
                TextRules.refuseControls(subject, text);
                if (HeaderRules.onlyOnce(name) && !seenOnce.add(name.toLowerCase(Locale.ROOT))) {
                    throw new RefusedException(RefusalCode.HEADER_MALFORMED, subject, text, "give this header field only once (RFC 5322 section 3.6)");
                }
                if (name.equalsIgnoreCase("From")) {
                    refuseOtherSender(subject, text, from);
                }
                headers.add(new Header(name, text));
            }
        }
    }

    private static void refuseOtherSender(String subject, String text, Mailbox from) {
        if (!Mailbox.parse(text, RefusalCode.HEADER_MALFORMED, subject).address().equals(from.address())) {
            throw new RefusedException(RefusalCode.HEADER_MALFORMED, subject, text, "use the address of the field from: " + from.address());
        }
    }
}
