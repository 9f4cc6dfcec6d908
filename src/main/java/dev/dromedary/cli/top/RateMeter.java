package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.cli.top.Rates.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes rates of counters: the difference over the last ten seconds, or of the last two readings where they are further apart. */
final class RateMeter {
    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final double SHORTEST_SECONDS = 0.2;
    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(String node, Instant at, double accepted, Map<Pair, Flow> pairs) {
        Flow total() {
            return pairs.values().stream().reduce(new Flow(accepted, 0, 0, 0), Flow::plus);
        }
    }

    /** @param throughput an answer of {@code /v1/throughput} */
    Rates read(JsonNode throughput) {
        Reading now = reading(throughput);
        if (now == null) {
            return Rates.UNKNOWN;
        }
        Reading last = readings.peekLast();
        if (last != null && (!last.node.equals(now.node) || now.total().minus(last.total()).shrank() || !now.at.isAfter(last.at))) {
            // Another node, or one that was started again and counts from nothing.
            readings.clear();
        }
        while (readings.size() > 1 && Duration.between(readings.getFirst().at, now.at).compareTo(SPAN) > 0) {
            readings.removeFirst();
        }
        readings.addLast(now);
        Reading first = readings.getFirst();
        double seconds = Duration.between(first.at, now.at).toMillis() / 1_000.0;
        return seconds < SHORTEST_SECONDS ? Rates.UNKNOWN : rates(first, now, seconds);
    }

    private static Rates rates(Reading first, Reading now, double seconds) {
        var pairs = new HashMap<Pair, Flow>();
        now.pairs.forEach((pair, flow) -> pairs.put(pair, flow.minus(first.pairs.getOrDefault(pair, Flow.NONE)).per(seconds)));
        return new Rates(true, now.total().minus(first.total()).per(seconds), by(pairs, Pair::provider), by(pairs, Pair::pool), Map.copyOf(pairs));
    }

    private static Map<String, Flow> by(Map<Pair, Flow> pairs, Function<Pair, String> key) {
        var out = new HashMap<String, Flow>();
        pairs.forEach((pair, flow) -> out.merge(key.apply(pair), flow, Flow::plus));
        return Map.copyOf(out);
    }

    private static @Nullable Reading reading(JsonNode throughput) {
        Instant at = Figures.instant(throughput.path("at"));
        if (at == null) {
            return null;
        }
        double accepted = 0;
        for (JsonNode way : throughput.path("accepted")) {
            accepted += way.path("messages").asDouble();
        }
        var pairs = new HashMap<Pair, Flow>();
        for (JsonNode one : throughput.path("outcomes")) {
            pairs.merge(new Pair(one.path("provider").asText(), one.path("pool").asText()), flow(one.path("outcome").asText(), one.path("attempts").asDouble()), Flow::plus);
        }
        return new Reading(throughput.path("node").asText(), at, accepted, pairs);
    }

    private static Flow flow(String outcome, double attempts) {
        return switch (outcome) {
            case "delivered", "delivered-in-doubt" -> new Flow(0, attempts, 0, 0);
            case "deferred" -> new Flow(0, 0, attempts, 0);
            case "bounced", "expired" -> new Flow(0, 0, 0, attempts);
            default -> Flow.NONE;
        };
    }
}
