package dev.dromedary.message;

/** Which characters an address may hold at all, and how one that may not is shown. */
final class CodePoints {
    private static final int REPLACEMENT = 0xFFFD;

    private CodePoints() {
    }

    /** Refuses what no part of an address may hold: CR, LF, NUL and the other C0 and C1 controls, and unpaired surrogates. */
    static void refuseControls(String text) {
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new MalformedException("the address holds " + name(c) + ": control characters are not allowed");
            }
        });
    }

    /**
     * Letters, marks, digits, punctuation and symbols beyond ASCII. RFC 6531 would take any character; those that cannot be seen or typed
     * (separators, format characters, private use, unassigned) only serve to make one address look like another.
     */
    static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != REPLACEMENT;
        };
    }

    static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** {@code U+000D} for what does not print, {@code ',' (U+002C)} for what does. */
    static String name(int c) {
        String number = String.format("U+%04X", c);
        return c == ' ' ? "a space" : c > ' ' && c < 127 ? "'" + (char) c + "' (" + number + ")" : number;
    }
}
