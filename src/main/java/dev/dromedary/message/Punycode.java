package dev.dromedary.message;

/** Unicode labels in ASCII (RFC 3492). The JDK's own {@link java.net.IDN} maps by IDNA 2003 on the way and gives no access to the bare encoding. */
final class Punycode {
    static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    static final int FIRST_BIAS = 72;
    static final int FIRST_POINT = 128;

    private Punycode() {
    }

    /** Section 6.3. @param label at most some hundred characters, so that no count overflows */
    static String encode(String label) {
        int[] points = label.codePoints().toArray();
        var out = new StringBuilder();
        label.codePoints().filter(c -> c < FIRST_POINT).forEach(out::appendCodePoint);
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int bias = FIRST_BIAS;
        int delta = 0;
        for (int point = FIRST_POINT; handled < points.length; point++) {
            int next = smallestFrom(points, point);
            delta += (next - point) * (handled + 1);
            point = next;
            for (int c : points) {
                if (c < point) {
                    delta++;
                } else if (c == point) {
                    appendInteger(out, delta, bias);
                    bias = adapted(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
        }
        return out.toString();
    }

    private static int smallestFrom(int[] points, int least) {
        int smallest = Integer.MAX_VALUE;
        for (int c : points) {
            if (c >= least && c < smallest) {
                smallest = c;
            }
        }
        return smallest;
    }

    private static void appendInteger(StringBuilder out, int delta, int bias) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    static int threshold(int k, int bias) {
        return Math.max(T_MIN, Math.min(T_MAX, k - bias));
    }

    /** Section 6.1. */
    static int adapted(int delta, int count, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / count;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }

    /** The letters stand for 0-25, the figures for 26-35. */
    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }
}
