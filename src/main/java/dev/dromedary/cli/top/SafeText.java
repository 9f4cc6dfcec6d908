package dev.dromedary.cli.top;

import org.jline.utils.WCWidth;

/**
 * Text of others made harmless for a terminal: nothing in it can move the cursor, change colours, turn the direction of writing or
 * take another width than is counted.
 */
final class SafeText {
    private static final int MARKS = 2;
    private static final char REPLACED = '?';

    private SafeText() {
    }

    static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int marks = MARKS;
        for (int c : text.codePoints().toArray()) {
            switch (Character.getType(c)) {
                case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                    out.append(' ');
                    marks = 0;
                }
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> {
                    out.append(c == '\n' || c == '\r' || c == '\t' ? ' ' : REPLACED);
                    marks = 0;
                }
                default -> {
                    if (WCWidth.wcwidth(c) > 0) {
                        out.appendCodePoint(c);
                        marks = 0;
                    } else if (marks++ < MARKS && !selector(c)) {
                        // Accents belong to the letter before them; heaps of them would grow into other lines.
                        out.appendCodePoint(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** Those that ask for another shape, and by it another width, of the character before. */
    private static boolean selector(int c) {
        return c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF || c >= 0x1F3FB && c <= 0x1F3FF;
    }

    /** @param text made harmless; @return the columns that it takes */
    static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
