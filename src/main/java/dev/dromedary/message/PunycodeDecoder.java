package dev.dromedary.message;

import org.jspecify.annotations.Nullable;

/** The way back from ASCII to the Unicode label (RFC 3492 section 6.2); one for one text. */
final class PunycodeDecoder {
    private final String text;
    private final StringBuilder out;
    private int in;

    private PunycodeDecoder(String text) {
        this.text = text;
        int delimiter = text.lastIndexOf('-');
        this.out = new StringBuilder(Math.max(delimiter, 0)).append(text, 0, Math.max(delimiter, 0));
        this.in = delimiter > 0 ? delimiter + 1 : 0;
    }

    /** Null where the text encodes nothing. @param text letters, figures and hyphens only, in lower case */
    static @Nullable String decode(String text) {
        return new PunycodeDecoder(text).decoded();
    }

    private @Nullable String decoded() {
        int count = out.length();
        int bias = Punycode.FIRST_BIAS;
        long point = Punycode.FIRST_POINT;
        int index = 0;
        while (in < text.length()) {
            long delta = integer(bias);
            if (delta < 0) {
                return null;
            }
            count++;
            bias = Punycode.adapted((int) delta, count, index == 0);
            point += (index + delta) / count;
            if (point > Character.MAX_CODE_POINT || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return null;
            }
            index = (int) ((index + delta) % count);
            out.insert(out.offsetByCodePoints(0, index), Character.toChars((int) point));
            index++;
        }
        return out.toString();
    }

    /** The next generalised variable-length integer, or -1 where the text ends within it or it is too large to mean anything. */
    private long integer(int bias) {
        long value = 0;
        long weight = 1;
        for (int k = Punycode.BASE; in < text.length(); k += Punycode.BASE) {
            int digit = digit(text.charAt(in++));
            value += digit * weight;
            if (digit < 0 || value > Integer.MAX_VALUE) {
                return -1;
            }
            int threshold = Punycode.threshold(k, bias);
            if (digit < threshold) {
                return value;
            }
            weight *= Punycode.BASE - threshold;
        }
        return -1;
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
}
