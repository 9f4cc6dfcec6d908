package dev.dromedary.camel;

import dev.dromedary.history.Columns;
import dev.dromedary.history.Counts;
import dev.dromedary.history.Sample;
import dev.dromedary.history.Series;
import dev.dromedary.history.Spread;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.store.HistoryStore;
import dev.dromedary.suppression.SuppressionReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that hands out the history as columns, for charts. */
public final class HistoryApi {
    private static final int MOST_POINTS = 3_000;
    private static final Map<String, Duration> STEPS = Map.of("minute", HistoryStore.MINUTE, "hour", HistoryStore.HOUR);
    private static final Map<String, Function<Series, String>> BY = Map.of("provider", Series::provider, "pool", Series::pool, "stream", Series::stream, "way", Series::way);

    private final ApiCall call;
    private final HistoryStore store;
    private final InstantSource clock;

    HistoryApi(ApiCall call, HistoryStore store, InstantSource clock) {
        this.call = call;
        this.store = store;
        this.clock = clock;
    }

    public void history(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "from", "to", "step", "by", "gauge");
        String stepName = choice(asked, "step", "minute", STEPS.keySet());
        Duration step = STEPS.get(stepName);
        Instant to = asked.containsKey("to") ? SuppressionReader.time("to", asked.get("to")) : clock.instant();
        Instant from = asked.containsKey("from") ? SuppressionReader.time("from", asked.get("from")) : to.minus(step.multipliedBy(60));
        Instant start = Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), step.toSeconds()) * step.toSeconds());
        long length = (Duration.between(start, to).toMillis() + step.toMillis() - 1) / step.toMillis();
        if (length < 1 || length > MOST_POINTS) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "from", from + " to " + to + " by the " + stepName,
                    "ask for 1 to " + MOST_POINTS + " points: another span of time, or step=hour");
        }
        String by = asked.containsKey("by") ? choice(asked, "by", "", BY.keySet()) : null;
        Columns columns = new Columns(start, step, (int) length, by == null ? series -> "" : BY.get(by));
        List<String> gauges = asked.containsKey("gauge") ? List.of(asked.get("gauge").split(",")) : List.of();
        for (Sample one : store.read(step, start, to)) {
            columns.add(one, gauges);
        }
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("from", start);
        out.put("to", to);
        out.put("step", stepName);
        out.put("by", by);
        out.put("times", columns.times());
        var series = new LinkedHashMap<>(columns.columns());
        if (by == null) {
            series.putIfAbsent("", columns.none());
        }
        out.put("series", series.entrySet().stream().map(one -> series(one.getKey(), one.getValue())).toList());
        out.put("gauges", columns.gauges());
        ApiCall.answer(exchange, 200, out);
    }

    private static String choice(Map<String, String> asked, String name, String usual, java.util.Set<String> choices) {
        String value = asked.getOrDefault(name, usual);
        if (!choices.contains(value)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, name, value, "write one of " + String.join(", ", new java.util.TreeSet<>(choices)));
        }
        return value;
    }

    private static Map<String, Object> series(String name, Columns.Column column) {
        var out = new LinkedHashMap<String, Object>();
        out.put("name", name);
        out.put("accepted", column.counts(Counts::accepted));
        out.put("delivered", column.counts(Counts::delivered));
        out.put("deferred", column.counts(Counts::deferred));
        out.put("bounced", column.counts(Counts::bounced));
        out.put("expired", column.counts(Counts::expired));
        out.put("complaints", column.counts(Counts::complaints));
        out.put("delivery_p50_ms", column.delivery(0.5));
        out.put("delivery_p95_ms", column.delivery(0.95));
        var total = new LinkedHashMap<String, @Nullable Object>();
        total.put("delivery_p50_ms", millis(column.allDelivery(), 0.5));
        total.put("delivery_p95_ms", millis(column.allDelivery(), 0.95));
        total.put("smtp_p95_ms", millis(column.allSmtp(), 0.95));
        out.put("total", total);
        return out;
    }

    private static @Nullable Double millis(Spread spread, double share) {
        return spread.count() == 0 ? null : spread.percentile(share);
    }
}
