package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what is held now. */
@Command(name = "holds", description = "List what is held now, by whom, until when and why.", mixinStandardHelpOptions = true)
public final class HoldsCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return api.show("/v1/holds", json, HoldsCommand::view);
    }

    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("holds").forEach(hold -> out.append(line(hold)).append(System.lineSeparator()));
        return out.isEmpty() ? "nothing is held" + System.lineSeparator() : out.toString();
    }

    /** One hold, for people. */
    static String line(JsonNode hold) {
        return "%d  %s %s  %s until %s by %s: %s%s".formatted(hold.path("id").asLong(), hold.path("kind").asText(), hold.path("value").asText(), hold.path("state").asText(),
                hold.path("expires").asText(), hold.path("by").asText(), hold.path("reason").asText(),
                hold.path("in_flight").asInt() > 0 ? "  (" + hold.path("in_flight").asInt() + " messages under way)" : "");
    }
}
