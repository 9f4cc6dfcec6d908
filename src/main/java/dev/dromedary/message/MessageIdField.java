package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The Message-ID of a message (RFC 5322 section 3.6.4): a function of the message's id and the sender's domain only. */
final class MessageIdField {
    /** RFC 2606: for mail from nobody, of whose domain nothing is known. */
    private static final String NO_DOMAIN = "dromedary.invalid";

    private MessageIdField() {
    }

    static String value(String id, String domain) {
        return "<" + leftOf(id) + "@" + domain + ">";
    }

    /** @param fromField the value of the From field, used where the envelope has the null sender */
    static String domain(@Nullable EmailAddress sender, @Nullable String fromField) {
        if (sender != null) {
            return sender.domain();
        }
        return fromField == null ? NO_DOMAIN : domainIn(fromField);
    }

    /** A dot-atom: what may not stand there becomes {@code %} and two hexadecimal digits, so that different ids stay different. */
    private static String leftOf(String id) {
        var out = new StringBuilder();
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            boolean innerDot = bytes[i] == '.' && i > 0 && i < bytes.length - 1 && bytes[i - 1] != '.';
            if (innerDot || bytes[i] != '%' && Ascii.isAtomText(bytes[i])) {
                out.append((char) bytes[i]);
            } else {
                out.append(String.format("%%%02X", bytes[i]));
            }
        }
        return out.toString();
    }

    private static String domainIn(String fromField) {
        int start = fromField.lastIndexOf('@') + 1;
        int end = start;
        while (start > 0 && end < fromField.length()
                && (Ascii.isLetterOrDigit(fromField.charAt(end)) || ".-".indexOf(fromField.charAt(end)) >= 0)) {
            end++;
        }
        return end > start ? fromField.substring(start, end) : NO_DOMAIN;
    }
}
