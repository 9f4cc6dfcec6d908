package dev.dromedary.provider;

/** A {@code *} within one label. */
final class LabelGlob {
    static final String ANY = "*";

    private LabelGlob() {
    }

    static boolean isGlob(String label) {
        return label.indexOf('*') >= 0;
    }

    /** Goes back only to the last star, so the time is at most the product of the lengths. */
    static boolean matches(String glob, String label) {
        int g = 0;
        int l = 0;
        int star = -1;
        int resume = 0;
        while (l < label.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = l;
            } else if (g < glob.length() && glob.charAt(g) == label.charAt(l)) {
                g++;
                l++;
            } else if (star >= 0) {
                g = star + 1;
                l = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
