package dev.dromedary.outcome;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reply codes that a rule asks for: {@code 550}, {@code 4xx} or {@code none}, or a list of such. Immutable once built. */
final class CodePattern {
    static final CodePattern ANY = new CodePattern(0, 599);

    private static final Pattern CODE = Pattern.compile("[2-5]\\d\\d");
    private static final Pattern CODE_CLASS = Pattern.compile("[2-5]xx");

    /** Bit 0 stands for a reply without a code. */
    private final BitSet codes = new BitSet(600);

    private CodePattern(int from, int to) {
        codes.set(from, to + 1);
    }

    /** Null where one of the words is none of the three forms. */
    static @Nullable CodePattern parse(List<String> words) {
        CodePattern pattern = new CodePattern(0, -1);
        for (String word : words) {
            if (word.equals("none")) {
                pattern.codes.set(0);
            } else if (CODE.matcher(word).matches()) {
                pattern.codes.set(Integer.parseInt(word));
            } else if (CODE_CLASS.matcher(word).matches()) {
                int first = 100 * (word.charAt(0) - '0');
                pattern.codes.set(first, first + 100);
            } else {
                return null;
            }
        }
        return words.isEmpty() ? null : pattern;
    }

    boolean matches(int code) {
        return codes.get(code);
    }

    boolean covers(CodePattern other) {
        BitSet beyond = (BitSet) other.codes.clone();
        beyond.andNot(codes);
        return beyond.isEmpty();
    }
}
