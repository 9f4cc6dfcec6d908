package dev.dromedary.message;

import java.nio.charset.StandardCharsets;

/** What RFC 5322 and RFC 2045 say about ASCII characters. */
final class Ascii {
    private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~";
    private static final String TOKEN_SPECIALS = "!#$&+-^_`{}~.";

    private Ascii() {
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** RFC 5322 section 3.2.3. */
    static boolean isAtomText(int c) {
        return isLetterOrDigit(c) || ATOM_SPECIALS.indexOf(c) >= 0;
    }

    /** RFC 2045 section 5.1 without those that mean something in RFC 2231. */
    static boolean isTokenText(int c) {
        return isLetterOrDigit(c) || TOKEN_SPECIALS.indexOf(c) >= 0;
    }

    /** RFC 5322 section 3.6.8: printable and no colon. */
    static boolean isFieldNameText(int c) {
        return c > ' ' && c < 127 && c != ':';
    }

    static boolean isOnlyAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }
}
