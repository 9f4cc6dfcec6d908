package dev.dromedary.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedules as people write them: waits separated by commas, {@code *n} for the same wait n times: {@code 1m, 5m*2, 1h*3, 4h}. */
final class WaitsText {
    static final String FORM = "waits such as 1m, 5m*2, 1h*3, 4h, of which the last repeats";
    private static final Pattern STEP = Pattern.compile("([^*]*)(?:\\*(.*))?", Pattern.DOTALL);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_TIMES = 1_000;

    private WaitsText() {
    }

    static Waits parse(String text) {
        List<Waits.Step> steps = new ArrayList<>();
        int start = 0;
        for (String part : text.split(",", -1)) {
            int blanks = part.length() - part.stripLeading().length();
            steps.add(step(part.strip(), start + blanks + 1));
            start += part.length() + 1;
        }
        return new Waits(steps);
    }

    private static Waits.Step step(String part, int position) {
        Matcher shape = STEP.matcher(part);
        if (part.isEmpty() || !shape.matches()) {
            throw bad(ConfigCode.BAD_VALUE, position, part, "write a wait");
        }
        return new Waits.Step(wait(shape.group(1).strip(), position), shape.group(2) == null ? 1 : times(shape.group(2).strip(), position + shape.start(2)));
    }

    private static Duration wait(String text, int position) {
        Duration wait;
        try {
            wait = DurationText.parse(text);
        } catch (BadValue unreadable) {
            throw bad(unreadable.code(), position, text, unreadable.advice());
        }
        if (wait.isZero() || wait.compareTo(LONGEST) > 0) {
            throw bad(ConfigCode.OUT_OF_RANGE, position, text, "write a wait above 0 and up to 7d: a server must be left some time (RFC 5321 section 4.5.4.1)");
        }
        return wait;
    }

    private static int times(String text, int position) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_TIMES) {
            throw bad(ConfigCode.BAD_VALUE, position, text, "write *n with n from 1 to " + MOST_TIMES);
        }
        return Integer.parseInt(text);
    }

    private static BadValue bad(ConfigCode code, int position, String seen, String advice) {
        return new BadValue(code, "at character " + position + (seen.isEmpty() ? " nothing stands" : " stands \"" + seen + "\"") + ": " + advice);
    }
}
