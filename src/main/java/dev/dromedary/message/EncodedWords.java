package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Unstructured text as encoded words of UTF-8 (RFC 2047), each of whole characters, in the shorter of the two encodings. */
final class EncodedWords {
    /** RFC 5322 section 2.1.1: lines should be no longer, without their CRLF. */
    static final int LINE = 78;
    /** The same section: lines must be no longer. */
    static final int LONGEST_LINE = 998;
    private static final int WORD = 75;
    private static final String BASE64_START = "=?UTF-8?B?";
    private static final String QUOTED_START = "=?UTF-8?Q?";
    private static final String END = "?=";
    /** The least that holds any one character: four octets as {@code =F0=9F=98=80}. */
    private static final int SHORTEST_TEXT = 12;

    private EncodedWords() {
    }

    static void write(ByteBuilder out, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        boolean quoted = quotedLength(bytes, 0, bytes.length) <= (bytes.length + 2) / 3 * 4;
        out.add(name).add(':');
        int room = LINE - name.length() - 2;
        int start = 0;
        while (start < bytes.length) {
            int text = Math.min(room, WORD) - BASE64_START.length() - END.length();
            if (text < SHORTEST_TEXT) {
                out.line();
                text = WORD - BASE64_START.length() - END.length();
            }
            int end = wordEnd(bytes, start, text, quoted);
            out.add(' ');
            writeWord(out, bytes, start, end, quoted);
            room = 0;
            start = end;
        }
        out.line();
    }

    private static int wordEnd(byte[] bytes, int start, int room, boolean quoted) {
        int end = start;
        int used = 0;
        while (end < bytes.length) {
            int next = characterEnd(bytes, end);
            used += quoted ? quotedLength(bytes, end, next) : 0;
            boolean fits = quoted ? used <= room : (next - start + 2) / 3 * 4 <= room;
            if (!fits) {
                return end;
            }
            end = next;
        }
        return end;
    }

    private static int characterEnd(byte[] bytes, int start) {
        int end = start + 1;
        while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
            end++;
        }
        return end;
    }

    private static int quotedLength(byte[] bytes, int start, int end) {
        int length = 0;
        for (int i = start; i < end; i++) {
            length += isPlain(bytes[i]) ? 1 : 3;
        }
        return length;
    }

    private static void writeWord(ByteBuilder out, byte[] bytes, int start, int end, boolean quoted) {
        if (quoted) {
            out.add(QUOTED_START);
            for (int i = start; i < end; i++) {
                if (bytes[i] == ' ') {
                    out.add('_');
                } else if (isPlain(bytes[i])) {
                    out.add(bytes[i]);
                } else {
                    out.add('=').hex(bytes[i]);
                }
            }
        } else {
            byte[] word = Arrays.copyOfRange(bytes, start, end);
            out.add(BASE64_START).add(Base64.getEncoder().encode(word));
        }
        out.add(END);
    }

    /** What any place allows as it is, also a phrase (RFC 2047 section 5 rule 3); a blank counts, for it becomes one underscore. */
    private static boolean isPlain(byte b) {
        return Ascii.isLetterOrDigit(b) || b == ' ' || "!*+-/".indexOf(b) >= 0;
    }
}
