package dev.dromedary.message;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Writes header fields: folded (RFC 5322 section 2.2.3), in encoded words where the text needs them (RFC 2047), and each exactly one field
 * whatever its value holds: control characters become blanks.
 */
final class FieldWriter {
    private static final int LONGEST_NAME = 200;
    private static final int SHOWN_NAME = 60;
    private static final Set<String> ADDRESS_FIELDS = Set.of("from", "sender", "reply-to", "to", "cc", "resent-from", "resent-sender",
            "resent-to", "resent-cc", "disposition-notification-to");
    /** Their grammar has no place for an encoded word (RFC 2047 section 5). */
    private static final Set<String> ASCII_FIELDS =
            Set.of("date", "message-id", "in-reply-to", "references", "resent-date", "resent-message-id");

    private final ByteBuilder out;

    FieldWriter(ByteBuilder out) {
        this.out = out;
    }

    /** @throws RefusedException HEADER_MALFORMED where no field can hold that name or value */
    void write(String name, String given) {
        requireName(name);
        String value = withoutControls(given);
        String field = name.toLowerCase(Locale.ROOT);
        if (ADDRESS_FIELDS.contains(field)) {
            writeFolded(name, Ascii.isOnlyAscii(value) ? value.strip() : encodedAddresses(name, value));
        } else if (ASCII_FIELDS.contains(field)) {
            writeAscii(name, value.strip());
        } else if (needsEncoding(name, value)) {
            EncodedWords.write(out, name, value);
        } else {
            writeFolded(name, value);
        }
    }

    /** For values made here, which need no check. Folds before blanks; what holds none stays whole. */
    void writeFolded(String name, String value) {
        out.add(name).add(':');
        int column = name.length() + 1;
        int start = 0;
        while (start < value.length()) {
            int end = wordEnd(value, start);
            if (start == 0) {
                out.add(' ');
                column++;
            } else if (column + end - start > EncodedWords.LINE) {
                out.line();
                column = 0;
            }
            out.add(value.substring(start, end));
            column += end - start;
            requireFit(name, column);
            start = end;
        }
        out.line();
    }

    private void writeAscii(String name, String value) {
        if (!Ascii.isOnlyAscii(value)) {
            throw malformed(name, value, "use ASCII in this field");
        }
        writeFolded(name, value);
    }

    /** The end of the blanks at start and the word that follows them, so that no line is left with blanks alone. */
    private static int wordEnd(String value, int start) {
        int i = start;
        while (i < value.length() && isBlank(value.charAt(i))) {
            i++;
        }
        while (i < value.length() && !isBlank(value.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Also for blanks at the ends, which folding would lose, for words too long for a line, and for what only looks encoded. */
    private static boolean needsEncoding(String name, String value) {
        if (value.isEmpty()) {
            return false;
        }
        if (!Ascii.isOnlyAscii(value) || value.contains("=?") || isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1))) {
            return true;
        }
        int longest = EncodedWords.LONGEST_LINE - LONGEST_NAME - 2;
        for (int start = 0; start < value.length(); start = wordEnd(value, start)) {
            if (wordEnd(value, start) - start > longest) {
                return true;
            }
        }
        return false;
    }

    private static String encodedAddresses(String name, String value) {
        try {
            var text = new StringBuilder();
            for (InternetAddress address : InternetAddress.parseHeader(value, false)) {
                address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
                // Long names come back folded: that is done anew.
                text.append(text.isEmpty() ? "" : ", ").append(address.toString().replaceAll("[\r\n]+", ""));
            }
            return text.toString();
        } catch (AddressException | UnsupportedEncodingException e) {
            throw malformed(name, value, "write mailboxes as in RFC 5322 section 3.4");
        }
    }

    private static void requireName(String name) {
        boolean right = !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().allMatch(Ascii::isFieldNameText);
        if (!right) {
            throw malformed(name, name, "use 1-" + LONGEST_NAME + " printable ASCII characters without a colon as the name");
        }
    }

    private static void requireFit(String name, int column) {
        if (column > EncodedWords.LONGEST_LINE) {
            throw malformed(name, column + " characters without a blank", "at most 998 fit in a line (RFC 5322 section 2.1.1)");
        }
    }

    private static RefusedException malformed(String name, String seen, String advice) {
        return new RefusedException(RefusalCode.HEADER_MALFORMED, subject(name), seen, advice);
    }

    /** The field in a refusal: of whatever was given as its name only what can be read. */
    static String subject(String name) {
        return "headers." + name.substring(0, Math.min(name.length(), SHOWN_NAME)).replaceAll("[^!-~]", "?");
    }

    private static String withoutControls(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return value.replaceAll("\r\n|[\\p{Cntrl}\u0080-\u009f]", " ");
            }
        }
        return value;
    }

    private static boolean isBlank(char c) {
        return c == ' ';
    }
}
