package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the declines that a running Dromedary saw before a provider blocked, what it did about each, and ends one early. */
@Command(name = "warnings", description = "List and end early warnings of a running Dromedary.", mixinStandardHelpOptions = true)
public final class WarningsCommand {

    @Command(name = "list", description = "List the open warnings, each with its evidence and the volume it takes away.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api,
            @Option(names = "--provider", paramLabel = "ID", description = "towards this mailbox provider") @Nullable String provider,
            @Option(names = "--pool", paramLabel = "ID", description = "of this pool") @Nullable String pool,
            @Option(names = "--kind", paramLabel = "NAME", description = "rising-deferrals, rising-blocks, time-to-threshold, latency, joint-anomaly or content") @Nullable String kind,
            @Option(names = "--all", description = "also those that are over, up to 1,000 of the last month") boolean all,
            @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        var query = new QueryText().with("provider", provider).with("pool", pool).with("kind", kind).with("all", all ? "true" : null);
        String path = "/v1/warnings" + query;
        if (json) {
            return api.print("GET", path, "application/json", new byte[0]);
        }
        String answer = api.get(path);
        if (answer == null) {
            return 1;
        }
        System.out.print(view(new ObjectMapper().readTree(answer)));
        return 0;
    }

    /** The same for people. */
    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("warnings").forEach(one -> {
            long share = Math.round(100 * one.path("share").asDouble(1));
            out.append("%s (%s)%n  %s to %s: %s%n  %s since %s, %s %s%n".formatted(one.path("id").asText(), one.path("severity").asText(),
                    one.path("pool").isNull() ? "mail" : "pool " + one.path("pool").asText(), one.path("provider").asText(), one.path("cause").asText(),
                    share < 100 ? share + " % of the usual volume" : "volume as usual", one.path("since").asText(),
                    one.path("open").asBoolean() ? "over unless it goes on at" : "over since", one.path("end").asText()));
        });
        out.append(answer.path("total").asLong()).append(" in all").append(System.lineSeparator());
        return out.toString();
    }

    @Command(name = "end", description = "End a warning now: the usual volume goes on. The reason is kept with it.", mixinStandardHelpOptions = true)
    int end(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "id as listed") String id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) throws InterruptedException {
        return api.print("POST", "/v1/warnings/" + ApiClient.encoded(id) + "/end" + new QueryText().with("reason", reason), "application/json", new byte[0]);
    }
}
