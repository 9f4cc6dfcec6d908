package dev.dromedary.message;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message made from its parts: the header section here, the rest in {@link ComposedBody}. */
final class ComposedMessage {
    /** Of the message's structure and way, not the submitter's to set. */
    private static final Set<String> FORBIDDEN = Set.of("mime-version", "received");
    /** Never go out, as in a raw message. */
    private static final Set<String> LEFT_OUT = Set.of("bcc", "return-path");
    /** RFC 5322 section 3.6: at most one each. */
    private static final Set<String> SINGLE = Set.of("date", "from", "sender", "reply-to", "to", "cc", "message-id", "in-reply-to",
            "references", "subject");
    private static final Set<String> WRITTEN_FIRST = Set.of("date", "from", "to", "subject", "message-id");

    private final Content.Composed content;
    private final @Nullable EmailAddress sender;
    private final EmailAddress recipient;
    private final String id;
    private final Instant acceptedAt;
    private final Map<String, String> single = new HashMap<>();

    ComposedMessage(Content.Composed content, @Nullable EmailAddress sender, EmailAddress recipient, String id, Instant acceptedAt) {
        this.content = content;
        this.sender = sender;
        this.recipient = recipient;
        this.id = id;
        this.acceptedAt = acceptedAt;
    }

    byte[] render() {
        var out = new ByteBuilder(1024 + length(content.text()) + length(content.html()));
        var fields = new FieldWriter(out);
        readSingleFields();
        writeFirst(fields);
        for (Header header : content.headers()) {
            String name = lower(header);
            if (!WRITTEN_FIRST.contains(name) && !isLeftOut(name)) {
                fields.write(header.name(), header.value());
            }
        }
        out.line("MIME-Version: 1.0");
        new ComposedBody(content, id, out).write();
        return out.toBytes();
    }

    private void readSingleFields() {
        for (Header header : content.headers()) {
            String name = lower(header);
            if (FORBIDDEN.contains(name) || name.startsWith("content-")) {
                throw new RefusedException(RefusalCode.HEADER_FORBIDDEN, FieldWriter.subject(header.name()), header.value(),
                        "leave it out: it is made from the message's parts");
            }
            boolean twice = SINGLE.contains(name) && single.put(name, header.value()) != null;
            if (twice || name.equals("subject") && !content.subject().isEmpty()) {
                throw new RefusedException(RefusalCode.HEADER_MALFORMED, FieldWriter.subject(header.name()), header.value(),
                        "give this field once (RFC 5322 section 3.6)");
            }
        }
    }

    private void writeFirst(FieldWriter fields) {
        String from = from();
        fields.write("Date", given("date", MimeRenderer.date(acceptedAt)));
        fields.write("From", from);
        fields.write("To", given("to", recipient.toString()));
        String subject = given("subject", content.subject());
        if (!subject.isEmpty()) {
            fields.write("Subject", subject);
        }
        fields.write("Message-ID", given("message-id", MessageIdField.value(id, MessageIdField.domain(sender, from))));
    }

    private String from() {
        String given = single.getOrDefault("from", "");
        if (!given.isBlank()) {
            return given;
        }
        if (sender == null) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "from", "none", "give from, or a header named From");
        }
        return sender.toString();
    }

    private String given(String name, String otherwise) {
        String value = single.getOrDefault(name, "");
        return value.isBlank() ? otherwise : value;
    }

    private static boolean isLeftOut(String name) {
        return LEFT_OUT.contains(name) || name.startsWith(RawMessage.OWN_PREFIX);
    }

    private static String lower(Header header) {
        return header.name().toLowerCase(Locale.ROOT);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length() + text.length() / 2;
    }
}
