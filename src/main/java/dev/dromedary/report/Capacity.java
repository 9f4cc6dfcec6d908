package dev.dromedary.report;

import dev.dromedary.forecast.TimeSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.ToDoubleFunction;

/** When pools, providers' ceilings, the disk and the database are outgrown, from the busiest hour of each whole day. */
public final class Capacity {
    private static final String HOURLY = "mean of the busiest hour of each day; within it there are busier minutes";

    private Capacity() {
    }

    /**
     * What the history has of whole days.
     *
     * @param days     that have samples: one of them without mail at a place had none there
     * @param busiest  by pool, by provider and by both; empty parts of a {@link Pair} are all together
     * @param disk     per cent used, the highest of each day
     * @param database bytes, the highest of each day
     */
    public record Seen(SortedSet<Instant> days, List<Busiest> busiest, SortedMap<Instant, Double> disk, SortedMap<Instant, Double> database) {
    }

    public static List<Forecast> of(Seen seen, Limits limits) {
        var out = new ArrayList<Forecast>();
        Map<Pair, Map<Instant, Busiest>> places = new HashMap<>();
        seen.busiest().forEach(one -> places.computeIfAbsent(one.where(), key -> new HashMap<>()).put(one.day(), one));
        for (Limits.Limit limit : limits.pools()) {
            add(out, seen, places, limit, "pool " + limit.where().pool());
        }
        for (Limits.Limit limit : limits.providers()) {
            add(out, seen, places, limit, "provider " + limit.where().provider());
        }
        for (Limits.Limit limit : limits.pairs()) {
            add(out, seen, places, limit, limit.where().text());
        }
        out.add(new Growth("disk", "disk_used", "%").towards(series(seen.disk()), limits.disk(), "the highest of each day; from the limit on no more mail is taken"));
        out.add(new Growth("database", "database_size", "bytes").towards(series(seen.database()), limits.database(), "the highest of each day; " + limits.databaseWhy()));
        return List.copyOf(out);
    }

    private static void add(List<Forecast> out, Seen seen, Map<Pair, Map<Instant, Busiest>> places, Limits.Limit limit, String subject) {
        Map<Instant, Busiest> days = places.getOrDefault(limit.where(), Map.of());
        if (limit.perSecond() != null) {
            out.add(new Growth(subject, "busiest_hour", "messages/s").towards(series(seen, days, Busiest::perSecond), limit.perSecond(), "attempts, " + HOURLY));
        }
        if (limit.conversations() != null) {
            out.add(new Growth(subject, "conversations", "at a time").towards(series(seen, days, Busiest::conversations), limit.conversations().doubleValue(),
                    "attempts times what each took, " + HOURLY));
        }
    }

    /** A day with samples and without mail is a zero, but not before the first mail: a new pool did not grow from nothing. */
    private static TimeSeries series(Capacity.Seen seen, Map<Instant, Busiest> days, ToDoubleFunction<Busiest> figure) {
        Instant first = days.keySet().stream().min(Instant::compareTo).orElse(Instant.MAX);
        return new TimeSeries(seen.days().stream().filter(day -> !day.isBefore(first))
                .map(day -> new TimeSeries.Point(day, days.containsKey(day) ? figure.applyAsDouble(days.get(day)) : 0)).toList());
    }

    private static TimeSeries series(SortedMap<Instant, Double> days) {
        return new TimeSeries(days.entrySet().stream().map(day -> new TimeSeries.Point(day.getKey(), day.getValue())).toList());
    }
}
