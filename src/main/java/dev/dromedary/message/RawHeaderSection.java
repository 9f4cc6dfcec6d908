package dev.dromedary.message;

import java.util.ArrayList;
import java.util.List;

/** The header section of a raw message, looked through where it lies: a text is made only of a field that was asked for. */
final class RawHeaderSection {
    private static final int CASE = 0x20;
    private final byte[] bytes;

    RawHeaderSection(byte[] bytes) {
        this.bytes = bytes;
    }

    /** True where a field's name begins so, without regard to case. */
    boolean hasPrefix(String prefix) {
        for (int line = 0; line < bytes.length && !isLineEnd(line); line = nextLine(line)) {
            if (startsWith(line, prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The unfolded values of all fields of this name, in order; spaces around them are taken off. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (int line = 0; line < bytes.length && !isLineEnd(line); line = nextLine(line)) {
            int colon = startsWith(line, name) ? skipBlanks(line + name.length()) : bytes.length;
            if (colon < bytes.length && bytes[colon] == ':') {
                values.add(unfolded(name, colon + 1));
            }
        }
        return values;
    }

    private String unfolded(String name, int start) {
        int end = nextLine(start);
        while (end < bytes.length && isBlank(bytes[end])) {
            end = nextLine(end);
        }
        return Utf8.decode(name, bytes, start, end).replace("\r", "").replace("\n", "").replace('\t', ' ').strip();
    }

    private boolean startsWith(int at, String name) {
        if (at + name.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int difference = bytes[at + i] ^ name.charAt(i);
            if (difference != 0 && (difference != CASE || !Character.isLetter(name.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Where the line after this one begins. Lines may end in CRLF, LF or CR. */
    private int nextLine(int from) {
        int at = from;
        while (at < bytes.length && !isLineEnd(at)) {
            at++;
        }
        boolean pair = at + 1 < bytes.length && bytes[at] == '\r' && bytes[at + 1] == '\n';
        return Math.min(bytes.length, at + (pair ? 2 : 1));
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < bytes.length && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private boolean isLineEnd(int at) {
        return bytes[at] == '\r' || bytes[at] == '\n';
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
