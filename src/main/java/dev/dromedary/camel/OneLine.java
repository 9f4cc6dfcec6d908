package dev.dromedary.camel;

import java.util.regex.Pattern;

/** Text from outside as one line, for logs, header fields and people. */
final class OneLine {
    private static final int LONGEST = 500;
    /** Also marks that turn the direction of what follows. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    private OneLine() {
    }

    static String of(String text) {
        return cut(UNSEEN.matcher(text).replaceAll(" ").strip(), LONGEST);
    }

    /** @param longest in characters, what stands for the rest included */
    static String cut(String line, int longest) {
        return line.codePointCount(0, line.length()) <= longest ? line : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
