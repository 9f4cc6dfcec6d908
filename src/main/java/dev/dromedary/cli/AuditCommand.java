package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what operators did. */
@Command(name = "audit", description = "List what operators did, and why, the latest first.", mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "at most so many, up to 1000 (default: 20)")
    private int limit;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return api.show("/v1/audit?limit=" + limit, json, AuditCommand::view);
    }

    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("audit").forEach(entry -> out.append("%s  %s  %s  %s  %s%s%n".formatted(entry.path("at").asText(), entry.path("by").asText(), entry.path("action").asText(),
                entry.path("subject").asText(), entry.hasNonNull("messages") ? entry.path("messages").asLong() + (entry.path("action").asText().startsWith("suppression.") ? " entries  " : " messages  ") : "", entry.path("reason").asText())));
        return out.toString();
    }
}
