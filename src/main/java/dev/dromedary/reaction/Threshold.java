package dev.dromedary.reaction;

import dev.dromedary.config.DurationText;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many matching replies within a while: {@code 3/10m}, or {@code 1} for the first.
 *
 * @param count 1 to 1,000
 */
record Threshold(int count, Duration window) {
    static final String FORM = "1, or so many in a while such as 3/10m, at most 1000 in 7d";
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST = 1_000;
    private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{0,3})\\s?/\\s?(\\d\\S*)");

    /** @throws IllegalArgumentException where the text has neither form */
    static Threshold parse(String text) {
        if (text.strip().equals("1")) {
            return new Threshold(1, Duration.ZERO);
        }
        Matcher shape = SHAPE.matcher(text.strip());
        if (shape.matches()) {
            Threshold threshold = new Threshold(Integer.parseInt(shape.group(1)), DurationText.parse(shape.group(2)));
            if (threshold.count <= MOST && threshold.window.compareTo(LONGEST) <= 0 && !threshold.window.isZero()) {
                return threshold;
            }
        }
        throw new IllegalArgumentException("write " + FORM);
    }

    String text() {
        return count == 1 ? "1" : count + "/" + DurationText.print(window);
    }
}
