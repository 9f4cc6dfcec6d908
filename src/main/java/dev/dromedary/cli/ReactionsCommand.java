package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what providers' replies made a running Dromedary do for a while, and ends it early. */
@Command(name = "reactions", description = "List and lift what providers' replies made a running Dromedary do for a while.", mixinStandardHelpOptions = true)
public final class ReactionsCommand {

    @Command(name = "list", description = "List the reactions under way, each with its cause and the way back.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api,
            @Option(names = "--provider", paramLabel = "ID", description = "towards this mailbox provider") @Nullable String provider,
            @Option(names = "--pool", paramLabel = "ID", description = "of this pool") @Nullable String pool,
            @Option(names = "--action", paramLabel = "NAME", description = "suspend, rate, connections, messages-per-connection or bounce") @Nullable String action,
            @Option(names = "--rule", paramLabel = "ID", description = "started by this rule") @Nullable String rule,
            @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        var query = new QueryText().with("provider", provider).with("pool", pool).with("action", action).with("rule", rule);
        String path = "/v1/reactions" + query;
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
        answer.path("reactions").forEach(one -> {
            var back = new StringJoiner(", ");
            one.path("recovery").forEach(step -> back.add(step.asText()));
            out.append("%s%n  pool %s to %s: %s until %s, all of it over at %s%s%n  since %s by rule %s: %s%n".formatted(one.path("id").asText(), one.path("pool").asText(),
                    one.path("provider").asText(), one.path("now").asText(), one.path("step_until").asText(), one.path("end").asText(),
                    back.length() == 0 ? "" : " (way back: " + back + ")", one.path("start").asText(), one.path("rule").asText(), one.path("cause").asText()));
        });
        out.append(answer.path("total").asLong()).append(" under way").append(System.lineSeparator());
        return out.toString();
    }

    @Command(name = "lift", description = "End a reaction now. The reason is kept with it.", mixinStandardHelpOptions = true)
    int lift(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "id as listed") String id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) throws InterruptedException {
        return api.print("POST", "/v1/reactions/" + ApiClient.encoded(id) + "/lift" + new QueryText().with("reason", reason), "application/json", new byte[0]);
    }
}
