package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what providers make of our mail, with the arithmetic. */
@Command(name = "reputation", description = "Show the reputation of pools, sender domains, streams and campaigns with each provider, the worst first.",
        mixinStandardHelpOptions = true)
public final class ReputationCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--kind", paramLabel = "KIND", description = "pool, sender-domain, stream or campaign")
    private @Nullable String kind;

    @Option(names = "--name", paramLabel = "NAME", description = "of this name")
    private @Nullable String name;

    @Option(names = "--pool", paramLabel = "ID", description = "of this pool")
    private @Nullable String pool;

    @Option(names = "--provider", paramLabel = "ID", description = "with this mailbox provider")
    private @Nullable String provider;

    @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: ${DEFAULT-VALUE})", defaultValue = "100")
    private int limit = 100;

    @Option(names = "--json", description = "print JSON, with every part")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, IOException {
        String path = "/v1/reputation" + new QueryText().with("limit", limit).with("kind", kind).with("name", name).with("pool", pool).with("provider", provider);
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
        answer.path("reputations").forEach(one -> out.append("%s %s with %s: %s%n".formatted(one.path("kind").asText(), one.path("name").asText(),
                one.path("provider").isNull() ? "all providers" : one.path("provider").asText(), one.path("text").asText())));
        int shown = answer.path("reputations").size();
        long total = answer.path("total").asLong();
        out.append(shown == total ? total + " in all" : shown + " of " + total + ": ask for more with --limit").append(System.lineSeparator());
        return out.toString();
    }
}
