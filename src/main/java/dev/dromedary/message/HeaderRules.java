package dev.dromedary.message;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which header fields a submitter may set beside the fields we compose, and what they may hold. */
final class HeaderRules {
    /** RFC 5322 section 2.1.1 allows a line of 998 octets; this is far from it and longer than any field in use. */
    private static final int MAX_NAME = 76;
    private static final Set<String> FORBIDDEN = Set.of("bcc", "return-path", "received", "mime-version", "message-id", "date", "subject");
    /** Those of MIME parts, our own, and what the parts we are made of would take for instructions. */
    private static final List<String> FORBIDDEN_PREFIXES =
        List.of("content-", "x-dromedary-", "camel", "jms", "_amq_", "mail.smtp", "org.apache.camel");
    /** At most once each: RFC 5322 section 3.6. */
    private static final Set<String> ONCE = Set.of("from", "sender", "reply-to", "to", "cc", "in-reply-to", "references");

    private HeaderRules() {
    }

    static void checkName(String name) {
        TextRules.refuseControls("headers", name);
        if (name.isEmpty() || name.length() > MAX_NAME || !name.chars().allMatch(HeaderRules::isFtext)) {
            throw new RefusedException(RefusalCode.HEADER_MALFORMED, "headers", name,
                "name it with 1-" + MAX_NAME + " printable ASCII characters, no space and no colon");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (FORBIDDEN.contains(lower) || FORBIDDEN_PREFIXES.stream().anyMatch(lower::startsWith)) {
            throw new RefusedException(RefusalCode.HEADER_FORBIDDEN, "headers", name, "leave it out: " + instead(lower));
        }
    }

    static boolean onlyOnce(String name) {
        return ONCE.contains(name.toLowerCase(Locale.ROOT));
    }

    /** RFC 5322 section 3.6.8: printable ASCII but the colon. */
    private static boolean isFtext(int c) {
        return c > 32 && c < 127 && c != ':';
    }

    private static String instead(String lower) {
        return switch (lower) {
            case "subject" -> "use the field subject";
            case "message-id" -> "use the field message_id";
            case "bcc" -> "name the recipients in the field to; each gets a message of its own";
            default -> lower.startsWith("x-dromedary-") ? "use the field of that name" : "it is set where the message is composed or sent";
        };
    }
}
