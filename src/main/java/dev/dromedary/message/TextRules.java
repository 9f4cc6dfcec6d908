package dev.dromedary.message;

/** What holds for every text a submitter gives, wherever it goes. */
final class TextRules {
    private TextRules() {
    }

    /** Refuses what could end a header field or an SMTP line early, and all other control characters with it. */
    static void refuseControls(String subject, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isControl(value.charAt(i))) {
                throw new RefusedException(RefusalCode.HEADER_INJECTION, subject, value,
                    "take out line breaks and control characters (one is at character " + (i + 1) + ")");
            }
        }
    }

    /** C0, DEL, C1, and the two Unicode characters that break lines without being controls. */
    static boolean isControl(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** Refuses surrogates that are no pair: JSON escapes can write them, UTF-8 cannot. */
    static void refuseHalfCharacters(String subject, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c) && i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1));
            if (!pair) {
                throw new RefusedException(RefusalCode.CHARSET_INVALID, subject, String.format("U+%04X at character %d", (int) c, i + 1),
                    "write both halves of the surrogate pair, or the character itself");
            }
            i++;
        }
    }

    /** Octets of the text as UTF-8, without making them. */
    static long utf8Length(String text) {
        long octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair stands for two of the four octets.
            octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return octets;
    }
}
