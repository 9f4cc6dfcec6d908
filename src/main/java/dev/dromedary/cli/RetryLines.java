package dev.dromedary.cli;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DurationText;
import dev.dromedary.config.Schedules;
import dev.dromedary.config.Waits;
import dev.dromedary.outcome.Category;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Retry schedules as the times at which they try, counted from the first attempt and without jitter. */
final class RetryLines {
    private static final int SHOWN = 12;

    private RetryLines() {
    }

    /** Every schedule of the configuration. */
    static List<String> all(DromedaryConfig config) {
        DromedaryConfig.Retry retry = config.retry();
        List<String> lines = new ArrayList<>();
        Map<Schedules.Scope, Waits> given = retry.schedules().given();
        if (!given.containsKey(new Schedules.Scope(null, null))) {
            lines.add("retry " + times(retry.backOff(), retry, retry.maxAge()));
        }
        given.entrySet().stream().sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(entry -> lines.add("retry " + entry.getKey() + " " + times(entry.getValue(), retry, retry.maxAge())));
        config.streams().forEach((id, stream) -> lines.add("stream " + id + (stream.maxAge() == null ? "" : " given up after " + text(stream.maxAge()))
                + (stream.sendWindows().isEmpty() ? "" : " sent " + stream.sendWindows().stream().map(Object::toString).collect(Collectors.joining(" or ")))));
        return lines;
    }

    /** What holds for mail of a stream to a provider, by category where they differ. */
    static List<String> of(DromedaryConfig config, String provider, String stream) {
        DromedaryConfig.Retry retry = config.retry();
        DromedaryConfig.Stream own = config.streams().get(stream);
        Duration maxAge = own == null || own.maxAge() == null ? retry.maxAge() : own.maxAge();
        Map<Waits, List<String>> byWaits = new LinkedHashMap<>();
        Arrays.stream(Category.values()).filter(Category::retryable).forEach(category -> {
            Waits given = retry.schedules().find(provider, category.id());
            byWaits.computeIfAbsent(given == null ? retry.backOff() : given, waits -> new ArrayList<>()).add(category.id());
        });
        List<String> lines = new ArrayList<>();
        byWaits.forEach((waits, categories) -> lines.add((byWaits.size() == 1 ? "" : String.join(", ", categories) + ": ") + times(waits, retry, maxAge)));
        if (own != null && !own.sendWindows().isEmpty()) {
            lines.add("only " + own.sendWindows().stream().map(Object::toString).collect(Collectors.joining(" or ")));
        }
        return lines;
    }

    private static String times(Waits waits, DromedaryConfig.Retry retry, Duration maxAge) {
        List<Duration> times = waits.retries(maxAge, retry.maxRetries());
        if (times.isEmpty()) {
            return "never: given up after the first attempt";
        }
        String shown = times.stream().limit(SHOWN).map(time -> "+" + text(time)).collect(Collectors.joining(" "));
        return "at " + shown + (times.size() > SHOWN ? " ..." : "") + "; given up after " + times.size() + (times.size() == 1 ? " retry and " : " retries and ") + text(times.get(times.size() - 1))
                + ", each wait times 1 +- " + retry.jitter();
    }

    /** Such as {@code 1h15m}: the two largest units, which is exact enough to read. */
    static String text(Duration time) {
        var text = new StringBuilder();
        Duration left = time;
        int parts = 0;
        for (Duration unit : List.of(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMillis(1))) {
            long count = left.dividedBy(unit);
            if (count > 0 && parts < 2) {
                text.append(DurationText.print(unit).replaceFirst("1", String.valueOf(count)));
                left = left.minus(unit.multipliedBy(count));
                parts++;
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
