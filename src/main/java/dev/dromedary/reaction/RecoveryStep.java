package dev.dromedary.reaction;

import dev.dromedary.config.DurationText;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of the way back: a share of what was usual ({@code 25%@10m}), or so many connections ({@code 1 connection@10m}), for a while.
 *
 * @param share       over 0 and under 1; 1 where connections are counted
 * @param connections 0 where a share is meant
 */
public record RecoveryStep(double share, int connections, Duration lasts) {
    static final String FORM = "25%@10m or 1 connection@10m";
    private static final Pattern SHARE = Pattern.compile("([1-9]\\d?)\\s?%\\s?@\\s?(\\S+)");
    private static final Pattern COUNT = Pattern.compile("([1-9]\\d{0,4}) connections?\\s?@\\s?(\\S+)");

    /** @throws IllegalArgumentException where the text has neither form */
    public static RecoveryStep parse(String text) {
        Matcher share = SHARE.matcher(text.strip());
        if (share.matches()) {
            return new RecoveryStep(Integer.parseInt(share.group(1)) / 100.0, 0, DurationText.parse(share.group(2)));
        }
        Matcher count = COUNT.matcher(text.strip());
        if (count.matches()) {
            return new RecoveryStep(1, Integer.parseInt(count.group(1)), DurationText.parse(count.group(2)));
        }
        throw new IllegalArgumentException("write steps such as " + FORM);
    }

    public String text() {
        String most = connections > 0 ? connections + (connections == 1 ? " connection" : " connections") : Math.round(share * 100) + "%";
        return most + "@" + DurationText.print(lasts);
    }
}
