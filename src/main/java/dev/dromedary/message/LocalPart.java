package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** The part before the @: a dot-atom or a quoted string (RFC 5321 section 4.1.2), in UTF-8 where need be (RFC 6531 section 3.3). */
final class LocalPart {
    /** RFC 5321 section 4.5.3.1.1, quotes and backslashes included. */
    static final int MAX_OCTETS = 64;
    private static final boolean[] ATEXT = new boolean[128];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~".toCharArray()) {
            ATEXT[c] = true;
        }
    }

    private LocalPart() {
    }

    /** Index of the first character that is no part of an ASCII dot-atom begun at 0; 0 where a dot is misplaced. */
    static int endOfDotAtom(String text) {
        boolean afterDot = true;
        int i = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean dot = c == '.';
            if (!dot && (c >= 128 || !ATEXT[c])) {
                break;
            }
            if (dot && afterDot) {
                return 0;
            }
            afterDot = dot;
        }
        return afterDot ? 0 : i;
    }

    /** Index of the @ after the quoted string that the text begins with. */
    static int endOfQuotedString(String text) {
        int i = 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= text.length()) {
            throw new MalformedException("the local part opens a quote and never closes it: add the closing quote before the @");
        }
        if (i + 1 >= text.length() || text.charAt(i + 1) != '@') {
            throw new MalformedException("the local part goes on after its closing quote: quote all of it or none");
        }
        return i + 1;
    }

    /** @param text everything before the @, at least one character */
    static String canonical(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (octets(normal) > MAX_OCTETS) {
            throw new MalformedException("the local part is longer than " + MAX_OCTETS + " octets: use a shorter one");
        }
        if (normal.charAt(0) != '"') {
            checkDotAtom(normal);
            return normal;
        }
        String content = unquoted(normal);
        return isDotAtom(content) ? content : quoted(content);
    }

    static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void checkDotAtom(String text) {
        if (text.startsWith(".") || text.endsWith(".")) {
            throw new MalformedException("the local part " + (text.startsWith(".") ? "begins" : "ends") + " with a dot: remove it, or quote the local part");
        }
        if (text.contains("..")) {
            throw new MalformedException("the local part has two dots in a row: remove one, or quote the local part");
        }
        text.codePoints().filter(c -> c != '.' && !isAtomText(c)).findFirst().ifPresent(c -> {
            throw new MalformedException("the local part holds " + CodePoints.name(c) + (c < 128
                    ? ", which is allowed in quotes only: quote the local part; SMTP has no comments or folding"
                    : ", which cannot be seen or typed: remove it"));
        });
        if (beginsWithMark(text)) {
            throw new MalformedException("the local part has a combining mark with nothing before it: write the letter it belongs to");
        }
    }

    private static boolean isDotAtom(String text) {
        return !text.isEmpty() && !text.startsWith(".") && !text.endsWith(".") && !text.contains("..")
                && text.codePoints().allMatch(c -> c == '.' || isAtomText(c)) && !beginsWithMark(text);
    }

    private static boolean beginsWithMark(String text) {
        int before = '.';
        for (int i = 0; i < text.length(); i += Character.charCount(before)) {
            int c = text.codePointAt(i);
            if (before == '.' && CodePoints.isMark(c)) {
                return true;
            }
            before = c;
        }
        return false;
    }

    private static boolean isAtomText(int c) {
        return c < 128 ? ATEXT[c] : CodePoints.isVisible(c);
    }

    /** @param text with its quotes, the closing one known to be at the end */
    private static String unquoted(String text) {
        var content = new StringBuilder();
        boolean escaped = false;
        for (int c : text.substring(1, text.length() - 1).codePoints().toArray()) {
            if (c == '\\' && !escaped) {
                escaped = true;
                continue;
            }
            if (c >= 128 && (escaped || !CodePoints.isVisible(c))) {
                throw new MalformedException("the quoted local part holds " + CodePoints.name(c)
                        + (escaped ? " after a backslash: remove the backslash" : ", which cannot be seen or typed: remove it"));
            }
            escaped = false;
            content.appendCodePoint(c);
        }
        return content.toString();
    }

    private static String quoted(String content) {
        return '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
