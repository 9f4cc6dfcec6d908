package dev.dromedary.outcome;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words that a rule asks for: any of its phrases, or any of its regular expressions. Without either, any text will do.
 *
 * <p>A phrase in ASCII begins where a word begins, and may end inside one ({@code desactivad} finds desactivado and desactivada); one of
 * up to {@value #SHORT} characters ends with the word too. A phrase that begins with another letter is found anywhere: not all scripts part their words.
 */
record TextPattern(List<String> phrases, List<Pattern> expressions) {
    private static final int LIMIT = 4_000;
    private static final int SHORT = 4;
    static final TextPattern ANY = new TextPattern(List.of(), List.of());

    TextPattern {
        phrases = phrases.stream().map(TextPattern::fold).toList();
        expressions = List.copyOf(expressions);
    }

    /** The form in which texts are compared: lower case, one blank for any white space, straight quotes, no more than 4,000 characters. */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder(Math.min(text.length(), LIMIT));
        boolean blank = true;
        for (int i = 0; i < text.length() && folded.length() < LIMIT; i++) {
            char c = text.charAt(i);
            boolean white = Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
            if (!white) {
                folded.append(c == '\u2019' || c == '\u2018' || c == '`' ? '\'' : c);
            } else if (!blank) {
                folded.append(' ');
            }
            blank = white;
        }
        return folded.toString().stripTrailing().toLowerCase(Locale.ROOT);
    }

    boolean any() {
        return phrases.isEmpty() && expressions.isEmpty();
    }

    boolean matches(String folded) {
        if (any()) {
            return true;
        }
        for (String phrase : phrases) {
            if (contains(folded, phrase)) {
                return true;
            }
        }
        for (Pattern expression : expressions) {
            if (BudgetedText.find(expression, folded)) {
                return true;
            }
        }
        return false;
    }

    /** A phrase that may end inside a word, with more of that word. */
    private static String asLongAsItMayBe(String phrase) {
        return phrase.length() > SHORT && wordInAscii(phrase.charAt(phrase.length() - 1)) ? phrase + "s" : phrase;
    }

    private static boolean contains(String folded, String phrase) {
        for (int at = folded.indexOf(phrase); at >= 0; at = folded.indexOf(phrase, at + 1)) {
            if (apart(folded, at - 1, phrase, 0) && (phrase.length() > SHORT || apart(folded, at + phrase.length(), phrase, phrase.length() - 1))) {
                return true;
            }
        }
        return false;
    }

    /** True where the character of the text and the one of the phrase beside it are not parts of one word. */
    private static boolean apart(String folded, int beside, String phrase, int edge) {
        return beside < 0 || beside >= folded.length() || !wordInAscii(phrase.charAt(edge)) || !wordInAscii(folded.charAt(beside));
    }

    private static boolean wordInAscii(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /** True where every text that the other matches is surely matched here too. Expressions are compared by their spelling alone. */
    boolean covers(TextPattern other) {
        if (any() || other.any()) {
            return any();
        }
        return other.phrases.stream().allMatch(phrase -> matches(phrase) && matches(asLongAsItMayBe(phrase)))
                && other.expressions.stream().allMatch(o -> expressions.stream().anyMatch(e -> e.pattern().equals(o.pattern())));
    }
}
