package dev.dromedary.report;

import dev.dromedary.history.Counts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Happenings at one place that overlap, or follow each other within {@link #GAP}. Those of no place are one only where they are of the same figure.
 *
 * @param to      null where it goes on
 * @param before  what passed there in a time as long before it, and {@code during} while it went on; null where the history does not reach
 * @param waiting queued and waiting, of all mail, when it was last looked at in it; null where that is not known
 */
public record Incident(Pair where, Instant from, @Nullable Instant to, String severity, List<Happening> happenings, @Nullable Flow before, @Nullable Flow during,
        @Nullable Double waiting) {
    static final Duration GAP = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final String CRITICAL = "critical";

    public Incident {
        happenings = List.copyOf(happenings);
    }

    /** @param delivered a second */
    public record Flow(Counts counts, double delivered) {
    }

    /** What belongs together. @param what empty where the place is known */
    private record Place(Pair where, String what) {
        static Place of(Happening one) {
            return new Place(one.where(), one.where().provider().isEmpty() && one.where().pool().isEmpty() ? one.what() : "");
        }
    }

    /** Of the most severe happening, and of several such of the first. */
    public String cause() {
        return happenings.stream().filter(one -> one.severity().equals(severity)).findFirst().orElse(happenings.get(0)).cause();
    }

    /** What the figures say became of the mail. */
    public String effect() {
        if (during == null) {
            return "the history has no figures of that time";
        }
        var out = new StringBuilder("delivered ").append(before == null ? "" : rate(before.delivered()) + " → ").append(rate(during.delivered())).append("/s; ").append(attempts(during.counts()));
        if (waiting != null) {
            out.append(String.format(Locale.ROOT, "; %,d waited ", Math.round(waiting))).append(where.provider().isEmpty() && where.pool().isEmpty() ? "" : "in all ")
                    .append(to == null ? "at last" : "at the end");
        }
        return before == null ? out.toString() : out.append("; in as long before, ").append(attempts(before.counts())).toString();
    }

    private static String attempts(Counts counts) {
        return counts.attempts() == 0 ? "no attempts" : String.format(Locale.ROOT, "%,d %s: %s put off, %s failed", counts.attempts(), counts.attempts() == 1 ? "attempt" : "attempts",
                share(counts.deferralRate()), share(counts.errorRate()));
    }

    private static String share(double percent) {
        return percent == 0 ? "0 %" : percent < 0.05 ? "under 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    private static String rate(double perSecond) {
        return perSecond >= 10 ? String.format(Locale.ROOT, "%,.0f", perSecond) : perSecond == 0 ? "0" : BigDecimal.valueOf(perSecond).round(new MathContext(2)).stripTrailingZeros().toPlainString();
    }

    /**
     * @param timeline that reaches back before the first by as much as is known
     * @return the earliest first
     */
    static List<Incident> of(List<Happening> all, Timeline timeline, Instant now) {
        Map<Place, List<Happening>> places = new LinkedHashMap<>();
        all.stream().sorted(Comparator.comparing(Happening::at)).forEach(one -> places.computeIfAbsent(Place.of(one), key -> new ArrayList<>()).add(one));
        var out = new ArrayList<Incident>();
        places.forEach((place, happenings) -> {
            var open = new ArrayList<Happening>();
            Instant until = Instant.MIN;
            for (Happening one : happenings) {
                if (!open.isEmpty() && one.at().isAfter(until.plus(GAP))) {
                    out.add(joined(place.where(), open, timeline, now));
                    open.clear();
                    until = Instant.MIN;
                }
                open.add(one);
                until = one.until(now).isAfter(until) ? one.until(now) : until;
            }
            out.add(joined(place.where(), open, timeline, now));
        });
        out.sort(Comparator.comparing(Incident::from));
        return out;
    }

    private static Incident joined(Pair where, List<Happening> all, Timeline timeline, Instant now) {
        Instant from = all.get(0).at();
        Instant to = all.stream().map(one -> one.until(now)).max(Comparator.naturalOrder()).orElse(now);
        boolean open = all.stream().anyMatch(one -> one.end() == null || one.end().isAfter(now));
        String severity = all.stream().anyMatch(one -> one.severity().equals(CRITICAL)) ? CRITICAL : "warning";
        Timeline during = timeline.part(from, to.isAfter(from) ? to : from.plusMillis(1));
        Duration length = Duration.between(during.from(), during.to());
        Timeline before = timeline.part(during.from().minus(length.compareTo(LONGEST) > 0 ? LONGEST : length), during.from());
        Double waiting = MetricSummary.of(during, Metric.BACKLOG).latest();
        return new Incident(where, from, open ? null : to, severity, all, flow(before, where), flow(during, where), waiting);
    }

    /** The steps that it touches, of what the place covers. */
    private static @Nullable Flow flow(Timeline part, Pair where) {
        double delivered = part.known().stream().mapToDouble(step -> step.rate(series -> where.covers(new Pair(series.provider(), series.pool())), Counts::delivered)).average().orElse(Double.NaN);
        return Double.isNaN(delivered) ? null : new Flow(part.of(where), delivered);
    }
}
