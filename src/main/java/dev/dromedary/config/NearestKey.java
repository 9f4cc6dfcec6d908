package dev.dromedary.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody may have meant who wrote a key that does not exist. */
final class NearestKey {
    private NearestKey() {
    }

    /** Advice that names the nearest known key if one is near, and all of them otherwise. */
    static String advice(String unknown, Collection<String> known) {
        String plain = unknown.toLowerCase(Locale.ROOT).replace('_', '-');
        return known.stream().min(Comparator.comparingInt(key -> distance(plain, key)))
                .filter(key -> distance(plain, key) <= Math.max(2, key.length() / 3))
                .map(key -> "write " + key + ", or remove it")
                .orElse("remove it; known here: " + String.join(", ", known));
    }

    /** Levenshtein's: insertions, deletions and replacements. */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[other.length()];
    }
}
