package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows queues, what waits, dead letters and pools of a running Dromedary. */
@Command(name = "status", description = "Show queues, what waits, dead letters and pools of a running Dromedary.", mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--json", description = "print it as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (json) {
            return api.print("GET", "/v1/status", "application/json", new byte[0]);
        }
        String answer = api.get("/v1/status");
        if (answer == null) {
            return 1;
        }
        System.out.print(view(new ObjectMapper().readTree(answer)));
        return 0;
    }

    /** The same for people. */
    static String view(JsonNode status) {
        var out = new StringBuilder();
        status.path("problems").forEach(problem -> line(out, "problem", problem.asText()));
        if (status.has("queues")) {
            var queues = new StringBuilder();
            status.get("queues").fields().forEachRemaining(q -> queues.append(queues.isEmpty() ? "" : ", ").append(q.getKey()).append(' ').append(q.getValue().asLong()));
            line(out, "queues", queues.isEmpty() ? "all empty" : queues.toString());
        }
        if (status.has("waiting")) {
            if (status.get("waiting").isEmpty()) {
                line(out, "waiting", "nothing");
            }
            status.get("waiting").forEach(w -> line(out, "waiting", "%s %s for %s, the next at %s".formatted(w.path("messages").asText(),
                    w.path("kind").asText(), w.path("provider").asText(), w.path("earliest").asText())));
            line(out, "dead", status.path("dead_letters").asText() + " letters");
        }
        status.path("pools").forEach(pool -> line(out, "pool", "%s at %s: %s, %s of %s conversations%s%s".formatted(pool.path("id").asText(),
                pool.path("server").asText(), pool.path("health").asText(), pool.path("in_flight").asText(), pool.path("max_connections").asText(),
                pool.hasNonNull("mean_seconds") ? ", " + pool.get("mean_seconds").asText() + " s each" : "",
                pool.hasNonNull("last_failure") ? ", last failure: " + pool.get("last_failure").asText() : "") + (pool.hasNonNull("binding") ? "; " + pool.get("binding").asText() : "")));
        return out.toString();
    }

    private static void line(StringBuilder out, String what, String text) {
        out.append(String.format("%-9s", what)).append(text).append(System.lineSeparator());
    }
}
