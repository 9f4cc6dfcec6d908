package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A text part in the encoding that takes least and that any server can carry: 7bit, quoted-printable or base64 (RFC 2045 section 6). */
final class TextPart {
    private static final int ENCODED_LINE = 76;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(ENCODED_LINE, CRLF);
    private static final String BOUNDARY_START = "--=_";

    private TextPart() {
    }

    static void write(ByteBuilder out, String subtype, String text) {
        byte[] bytes = LineEnds.toCrlf(text.getBytes(StandardCharsets.UTF_8));
        out.add("Content-Type: text/").add(subtype).line("; charset=utf-8").add("Content-Transfer-Encoding: ");
        if (isSevenBit(bytes)) {
            out.line("7bit").line().add(bytes);
        } else if (quotedLength(bytes) <= bytes.length / 3 * 4) {
            out.line("quoted-printable").line();
            writeQuoted(out, bytes);
        } else {
            out.line("base64").line().add(BASE64.encode(bytes));
        }
        if (!out.endsLine()) {
            out.line();
        }
    }

    static byte[] base64(byte[] bytes) {
        return BASE64.encode(bytes);
    }

    /** True for ASCII in CRLF lines of up to 998 that can go out as it is within any of our multiparts. */
    static boolean isSevenBit(byte[] bytes) {
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                column = 0;
                i++;
            } else if (b < ' ' && b != '\t' || b == 127 || ++column > EncodedWords.LONGEST_LINE || startsBoundary(bytes, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsBoundary(byte[] bytes, int at) {
        if (bytes[at] != '-' || at + BOUNDARY_START.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < BOUNDARY_START.length(); i++) {
            if (bytes[at + i] != BOUNDARY_START.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int quotedLength(byte[] bytes) {
        int length = 0;
        for (byte b : bytes) {
            length += isPlain(b) || b == '\r' || b == '\n' || b == ' ' || b == '\t' ? 1 : 3;
        }
        return length;
    }

    static void writeQuoted(ByteBuilder out, byte[] bytes) {
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r') { // LineEnds left none without its LF
                out.line();
                column = 0;
                i++;
                continue;
            }
            boolean lineEnds = i + 1 == bytes.length || bytes[i + 1] == '\r';
            boolean plain = isPlain(b) || (b == ' ' || b == '\t') && !lineEnds;
            int width = plain ? 1 : 3;
            if (column + width > (lineEnds ? ENCODED_LINE : ENCODED_LINE - 1)) {
                out.add('=').line();
                column = 0;
            }
            if (plain) {
                out.add(b);
            } else {
                out.add('=').hex(b);
            }
            column += width;
        }
    }

    private static boolean isPlain(byte b) {
        return b > ' ' && b < 127 && b != '=';
    }
}
