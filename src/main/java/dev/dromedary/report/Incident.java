package dev.dromedary.report;

import dev.dromedary.history.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Happenings at one place that overlap, or follow each other within {@link #GAP}: what came first is the cause.
 *
 * @param to     null where it goes on
 * @param before attempts there in a time as long before it, and {@code during} while it went on; null where the history does not reach
 */
public record Incident(Pair where, Instant from, @Nullable Instant to, String severity, List<Happening> happenings, @Nullable Counts before, @Nullable Counts during) {
    static final Duration GAP = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(1);

    public Incident {
        happenings = List.copyOf(happenings);
    }

    public String cause() {
        return happenings.get(0).cause();
    }

    /** What the figures say became of the mail. */
    public String effect() {
        if (during == null) {
            return "the history has no figures of that time";
        }
        String is = String.format(Locale.ROOT, "%,d attempts: %s put off, %s failed", during.attempts(), share(during.deferralRate()), share(during.errorRate()));
        return before == null ? is : is + String.format(Locale.ROOT, "; in as long before, %,d attempts: %s put off, %s failed", before.attempts(),
                share(before.deferralRate()), share(before.errorRate()));
    }

    private static String share(double percent) {
        return Double.isNaN(percent) ? "none" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    /**
     * @param timeline that reaches back before the first by as much as is known
     * @return the earliest first
     */
    static List<Incident> of(List<Happening> all, Timeline timeline, Instant now) {
        Map<Pair, List<Happening>> places = new TreeMap<>();
        all.stream().sorted(Comparator.comparing(Happening::at)).forEach(one -> places.computeIfAbsent(one.where(), key -> new ArrayList<>()).add(one));
        var out = new ArrayList<Incident>();
        places.forEach((where, happenings) -> {
            var open = new ArrayList<Happening>();
            Instant until = Instant.MIN;
            for (Happening one : happenings) {
                if (!open.isEmpty() && one.at().isAfter(until.plus(GAP))) {
                    out.add(joined(where, open, timeline, now));
                    open.clear();
                    until = Instant.MIN;
                }
                open.add(one);
                until = one.until(now).isAfter(until) ? one.until(now) : until;
            }
            out.add(joined(where, open, timeline, now));
        });
        out.sort(Comparator.comparing(Incident::from));
        return out;
    }

    private static Incident joined(Pair where, List<Happening> all, Timeline timeline, Instant now) {
        Instant from = all.get(0).at();
        Instant to = all.stream().map(one -> one.until(now)).max(Comparator.naturalOrder()).orElse(now);
        boolean open = all.stream().anyMatch(one -> one.end() == null || one.end().isAfter(now));
        Duration length = Duration.between(from, to);
        length = length.compareTo(LONGEST) > 0 ? LONGEST : length.compareTo(timeline.length()) < 0 ? timeline.length() : length;
        String severity = all.stream().anyMatch(one -> one.severity().equals("critical")) ? "critical" : "warning";
        return new Incident(where, from, open ? null : to, severity, all, counts(timeline.part(from.minus(length), from.minusMillis(1)), where),
                counts(timeline.part(from, to.isAfter(from) ? to : from.plusMillis(1)), where));
    }

    private static @Nullable Counts counts(Timeline part, Pair where) {
        return part.known().isEmpty() ? null : part.of(where);
    }
}
