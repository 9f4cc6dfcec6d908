package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What {@code GET /v1/explain} answers, for people. */
final class LiveExplanation {
    private LiveExplanation() {
    }

    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("pools").forEach(pool -> pool(out, pool));
        JsonNode likely = answer.path("most_likely");
        out.append(likely.isTextual() ? "goes to    %s most likely%n".formatted(likely.asText()) : "goes to    no pool now: each is held back as said above%n".formatted());
        JsonNode time = answer.path("send_time");
        if (time.isObject()) {
            out.append("best hour  ").append(time.path("why").asText()).append(System.lineSeparator());
        }
        return out.toString();
    }

    private static void pool(StringBuilder out, JsonNode pool) {
        out.append(String.format(Locale.ROOT, "pool       %s: taken %.1f times in a hundred; score %s%n", pool.path("id").asText(), 100 * pool.path("share").asDouble(),
                pool.path("text").asText()));
        pool.path("parts").fields().forEachRemaining(part -> part(out, part.getKey(), part.getValue()));
        out.append(String.format(Locale.ROOT, "  %s, weight %d, %d conversations, %d of them with this provider%s%n", pool.path("health").asText(), pool.path("weight").asInt(),
                pool.path("in_flight").asInt(), pool.path("in_flight_to_provider").asInt(),
                pool.path("mean_seconds").isNumber() ? String.format(Locale.ROOT, ", %.3f s each", pool.path("mean_seconds").asDouble()) : ""));
        JsonNode warmUp = pool.path("warm_up");
        if (warmUp.isObject()) {
            out.append(String.format(Locale.ROOT, "  warm-up: stage %d of %d, %s since %s; %d of %d sent today%s%n", warmUp.path("stage").asInt(), warmUp.path("stages").asInt(),
                    warmUp.path("status").asText(), warmUp.path("from").asText(), warmUp.path("sent_today").asLong(), warmUp.path("allowed_today").asLong(),
                    warmUp.path("note").asText().isEmpty() ? "" : "; " + warmUp.path("note").asText()));
        }
        JsonNode ceiling = pool.path("ceiling");
        if (ceiling.isObject()) {
            out.append("  held back: ").append(ceiling.path("why").asText()).append(System.lineSeparator());
        }
        if (pool.path("binding").isTextual()) {
            out.append("  no room: ").append(pool.path("binding").asText()).append(System.lineSeparator());
        }
    }

    private static void part(StringBuilder out, String name, JsonNode part) {
        out.append(String.format(Locale.ROOT, "  %-12s x %.2f: %.0f of %.0f, %.2f %% (%.2f to %.2f %%; costs from %.2f %%, all it can from %.2f %%)%n", name, part.path("keeps").asDouble(),
                part.path("bad").asDouble(), part.path("of").asDouble(), 100 * part.path("share").asDouble(), 100 * part.path("at_least").asDouble(),
                100 * part.path("at_most").asDouble(), 100 * part.path("tolerance").asDouble(), 100 * part.path("limit").asDouble()));
    }
}
