package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message the submitter made. One scan finds what has to change; where that is nothing, the bytes go out as they came. CR, LF and CRLF
 * all count as a line's end, here as in what is written, so that no next hop sees lines that were not seen here.
 */
final class RawMessage {
    private static final int RECEIVED_LIMIT = 50;
    static final String OWN_PREFIX = "x-dromedary-";
    private static final int UNSEEN = -1;

    private final byte[] bytes;
    private int bodyStart;
    private boolean separatorMissing;
    private boolean fieldsToRemove;
    private boolean hasDate;
    private boolean hasMessageId;
    private int from = UNSEEN;
    private int received;

    RawMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] render(@Nullable EmailAddress sender, String id, Instant acceptedAt) {
        scanHeader();
        requireAcceptable(sender);
        boolean complete = hasDate && hasMessageId && from != UNSEEN;
        if (complete && !fieldsToRemove && !separatorMissing && LineEnds.areCrlf(bytes)) {
            return bytes;
        }
        var out = new ByteBuilder(bytes.length + bytes.length / 16 + 512);
        addMissing(out, sender, id, acceptedAt);
        copyHeader(out);
        if (separatorMissing) {
            out.line();
        }
        LineEnds.copy(bytes, bodyStart, bytes.length, out);
        return out.toBytes();
    }

    private void requireAcceptable(@Nullable EmailAddress sender) {
        if (bodyStart == 0) {
            throw new RefusedException(RefusalCode.MIME_MALFORMED, "content", firstLine(),
                    "begin with a header section (RFC 5322 section 2.2)");
        }
        int nul = indexOfNul();
        if (nul >= 0) {
            // No server has to take it (RFC 5322 section 2.3), and some read a line end or the end of data around it.
            throw new RefusedException(RefusalCode.MIME_MALFORMED, "content", "NUL at octet " + (nul + 1), "encode it as base64 or quoted-printable (RFC 2045 section 6)");
        }
        if (from == UNSEEN && sender == null) {
            throw new RefusedException(RefusalCode.MIME_MALFORMED, "headers.From", "none", "add a From field (RFC 5322 section 3.6.2)");
        }
        if (received > RECEIVED_LIMIT) {
            throw new RefusedException(RefusalCode.MAIL_LOOP, "headers.Received", received + " fields",
                    "end the loop that sends this message here again; up to " + RECEIVED_LIMIT + " are accepted");
        }
    }

    private int indexOfNul() {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private void scanHeader() {
        int line = 0;
        while (line < bytes.length && !isLineEnd(bytes[line])) {
            int colon = colonAfter(line);
            if (colon == UNSEEN) {
                separatorMissing = line > 0;
                bodyStart = line;
                return;
            }
            note(line, colon);
            line = nextField(line);
        }
        bodyStart = line;
    }

    private void note(int start, int colon) {
        switch (bytes[start] | 0x20) {
            case 'd' -> hasDate |= isNamed("date", start, colon);
            case 'm' -> hasMessageId |= isNamed("message-id", start, colon);
            case 'f' -> from = from == UNSEEN && isNamed("from", start, colon) ? colon + 1 : from;
            case 'r', 'b', 'x' -> {
                received += isNamed("received", start, colon) ? 1 : 0;
                fieldsToRemove |= isToRemove(start, colon);
            }
            default -> { }
        }
    }

    private boolean isToRemove(int start, int colon) {
        return isNamed("bcc", start, colon) || isNamed("return-path", start, colon)
                || colon - start >= OWN_PREFIX.length() && isNamed(OWN_PREFIX, start, start + OWN_PREFIX.length());
    }

    /** Obsolete syntax allows blanks before the colon (RFC 5322 section 4.5), and a field so written counts all the same. */
    private boolean isNamed(String name, int start, int colon) {
        int end = colon;
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        if (end - start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            byte b = bytes[start + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the name of the field that starts here ends, or UNSEEN where no field starts here. */
    private int colonAfter(int start) {
        int i = start;
        while (i < bytes.length && Ascii.isFieldNameText(bytes[i])) {
            i++;
        }
        int nameEnd = i;
        while (i < bytes.length && isBlank(bytes[i])) {
            i++;
        }
        return nameEnd > start && i < bytes.length && bytes[i] == ':' ? i : UNSEEN;
    }

    private int nextField(int start) {
        int line = nextLine(start);
        while (line < bytes.length && isBlank(bytes[line])) {
            line = nextLine(line);
        }
        return line;
    }

    private int nextLine(int start) {
        int i = start;
        while (i < bytes.length && !isLineEnd(bytes[i])) {
            i++;
        }
        if (i < bytes.length - 1 && bytes[i] == '\r' && bytes[i + 1] == '\n') {
            i++;
        }
        return Math.min(i + 1, bytes.length);
    }

    private void addMissing(ByteBuilder out, @Nullable EmailAddress sender, String id, Instant acceptedAt) {
        if (!hasDate) {
            out.add("Date: ").line(MimeRenderer.date(acceptedAt));
        }
        if (from == UNSEEN && sender != null) {
            // RFC 6409 section 8 lets a submission agent complete a message; the envelope is who sent it.
            out.add("From: ").line(sender.toString());
        }
        if (!hasMessageId) {
            String domain = MessageIdField.domain(sender, from == UNSEEN ? null : text(from, nextField(from)));
            out.add("Message-ID: ").line(MessageIdField.value(id, domain));
        }
    }

    private void copyHeader(ByteBuilder out) {
        int field = 0;
        while (field < bodyStart) {
            int next = Math.min(nextField(field), bodyStart);
            if (!isToRemove(field, colonAfter(field))) {
                LineEnds.copy(bytes, field, next, out);
            }
            field = next;
        }
        if (!out.endsLine()) {
            out.line();
        }
    }

    private String firstLine() {
        String line = text(0, nextLine(0));
        return line.isBlank() ? "an empty line" : line.strip();
    }

    private String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }
}
