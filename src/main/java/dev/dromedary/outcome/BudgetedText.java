package dev.dromedary.outcome;

import java.util.regex.Pattern;

/**
 * Text that can be looked at only so often. java.util.regex backtracks, so an expression in an operator's file may take time
 * exponential in a hostile server's text; here it runs out of looks instead, and counts as not found.
 */
final class BudgetedText implements CharSequence {
    /** About a hundred looks per character of the longest text; ours need under ten. */
    private static final int LOOKS = 200_000;

    private final String text;
    private int left = LOOKS;

    private BudgetedText(String text) {
        this.text = text;
    }

    static boolean find(Pattern expression, String text) {
        try {
            return expression.matcher(new BudgetedText(text)).find();
        } catch (OutOfLooks | StackOverflowError tooCostly) {
            return false;
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new OutOfLooks();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class OutOfLooks extends RuntimeException {
        OutOfLooks() {
            super(null, null, false, false);
        }
    }
}
