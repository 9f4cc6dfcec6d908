package dev.dromedary.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The waits between attempts, in order; the last repeats for as long as the message may be tried. Written {@code 1m, 5m*2, 1h*3, 4h}.
 *
 * @param steps at least one
 */
public record Waits(List<Step> steps) {
    /** More steps than a message has retries are of no use. */
    private static final int MOST_STEPS = 10_000;

    /** The same wait so many times. @param length above zero; @param times 1 or more */
    public record Step(Duration length, int times) {
        @Override
        public String toString() {
            return DurationText.print(length) + (times == 1 ? "" : "*" + times);
        }
    }

    public Waits {
        steps = List.copyOf(steps);
    }

    /** Each wait {@code factor} times the one before, up to {@code max}. */
    static Waits growing(Duration initial, double factor, Duration max) {
        var steps = new ArrayList<Step>();
        double wait = initial.toMillis();
        while (wait < max.toMillis() && steps.size() < MOST_STEPS) {
            steps.add(new Step(Duration.ofMillis(Math.round(wait)), 1));
            if (factor == 1) {
                return new Waits(steps);
            }
            wait *= factor;
        }
        steps.add(new Step(max, 1));
        return new Waits(steps);
    }

    /** @param attempt the one that was deferred, 1 for the first */
    public Duration after(int attempt) {
        int left = attempt;
        for (Step step : steps) {
            left -= step.times();
            if (left <= 0) {
                return step.length();
            }
        }
        return steps.get(steps.size() - 1).length();
    }

    /** When the retries are, counted from the first attempt and without jitter; none after {@code maxAge}, and no more than {@code maxRetries}. */
    public List<Duration> retries(Duration maxAge, int maxRetries) {
        var times = new ArrayList<Duration>();
        Duration at = Duration.ZERO;
        for (int attempt = 1; attempt <= maxRetries && at.compareTo(maxAge) < 0; attempt++) {
            Duration next = at.plus(after(attempt));
            at = next.compareTo(maxAge) < 0 ? next : maxAge;
            times.add(at);
        }
        return times;
    }

    @Override
    public String toString() {
        return steps.stream().map(Step::toString).collect(Collectors.joining(", "));
    }
}
