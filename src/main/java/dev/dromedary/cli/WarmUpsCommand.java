package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how far new pools are with each provider in a running Dromedary, and changes it. */
@Command(name = "warm-ups", description = "Show and change how far new pools are with each provider.", mixinStandardHelpOptions = true)
public final class WarmUpsCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Command(name = "list", description = "List the warm-ups, each with its day so far and what happened last.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api, @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        return api.show("/v1/warm-ups", json, WarmUpsCommand::view);
    }

    @Command(name = "start", description = "Begin a warm-up today.", mixinStandardHelpOptions = true)
    int start(@Mixin ApiClient api, @Parameters(paramLabel = "POOL") String pool, @Parameters(paramLabel = "PROVIDER") String provider,
            @Option(names = "--stage", paramLabel = "N", description = "stage to begin at (default: 1)") @Nullable String stage,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) throws InterruptedException, IOException {
        return change(api, pool, provider, "start", stage, reason);
    }

    @Command(name = "hold", description = "Stay on this stage, and go on sending at it.", mixinStandardHelpOptions = true)
    int hold(@Mixin ApiClient api, @Parameters(paramLabel = "POOL") String pool, @Parameters(paramLabel = "PROVIDER") String provider,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) throws InterruptedException, IOException {
        return change(api, pool, provider, "hold", null, reason);
    }

    @Command(name = "resume", description = "Go on from stage to stage.", mixinStandardHelpOptions = true)
    int resume(@Mixin ApiClient api, @Parameters(paramLabel = "POOL") String pool, @Parameters(paramLabel = "PROVIDER") String provider,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) throws InterruptedException, IOException {
        return change(api, pool, provider, "resume", null, reason);
    }

    @Command(name = "stage", description = "Set the stage.", mixinStandardHelpOptions = true)
    int stage(@Mixin ApiClient api, @Parameters(paramLabel = "POOL") String pool, @Parameters(paramLabel = "PROVIDER") String provider, @Parameters(paramLabel = "N") String stage,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) throws InterruptedException, IOException {
        return change(api, pool, provider, "stage", stage, reason);
    }

    @Command(name = "stop", description = "End a warm-up: the pool may send as much as its limits allow.", mixinStandardHelpOptions = true)
    int stop(@Mixin ApiClient api, @Parameters(paramLabel = "POOL") String pool, @Parameters(paramLabel = "PROVIDER") String provider,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) throws InterruptedException, IOException {
        return change(api, pool, provider, "stop", null, reason);
    }

    private static int change(ApiClient api, String pool, String provider, String action, @Nullable String stage, String reason) throws InterruptedException, IOException {
        ObjectNode body = JSON.createObjectNode().put("pool", pool).put("provider", provider).put("action", action).put("reason", reason);
        if (stage != null) {
            body.put("stage", stage);
        }
        String answer = api.send("POST", "/v1/warm-ups", body.toString().getBytes(StandardCharsets.UTF_8));
        if (answer == null) {
            return 1;
        }
        System.out.print(line(JSON.readTree(answer)));
        return 0;
    }

    /** For people. */
    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("warm_ups").forEach(one -> out.append(line(one)));
        return out.isEmpty() ? "nothing is warming up" + System.lineSeparator() : out.toString();
    }

    private static String line(JsonNode one) {
        String limit = one.path("halted_until").isTextual() ? "nothing until " + one.path("halted_until").asText()
                : one.path("per_hour").isNumber() ? one.path("per_hour").asText() + "/h" : "no limit";
        return "pool %s to %s: %s, stage %d of %d, %d of %d sent today (%d delivered, %d deferred, %d blocked, %d complaints), %s%n  %s%n".formatted(
                one.path("pool").asText(), one.path("provider").asText(), one.path("status").asText(), one.path("stage").asInt(), one.path("stages").asInt(),
                one.path("sent_today").asLong(), one.path("allowed_today").asLong(), one.path("delivered_today").asLong(), one.path("deferred_today").asLong(),
                one.path("blocked_today").asLong(), one.path("complaints_today").asLong(), limit, one.path("note").asText());
    }
}
