package dev.dromedary.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What pausing and draining have in common. */
public abstract sealed class HoldCommand implements Callable<Integer> permits HoldCommand.Pause, HoldCommand.Drain {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private ApiClient api = new ApiClient();

    @Parameters(index = "0", paramLabel = "KIND", description = "pool, provider, stream, campaign or sender (a domain)")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "ID", description = "which one")
    private String value = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for those who look later")
    private String reason = "";

    @Option(names = "--for", paramLabel = "TIME", description = "how long, such as 30m, 2h or 1d; then it ends by itself (default: holds.usual, 1h)")
    private @Nullable String length;

    abstract String mode();

    @Override
    public Integer call() throws Exception {
        ObjectNode body = JSON.createObjectNode().put("kind", kind).put("value", value).put("mode", mode()).put("reason", reason);
        if (length != null) {
            body.put("for", length);
        }
        String answer = api.send("POST", "/v1/holds", body.toString().getBytes(StandardCharsets.UTF_8));
        if (answer == null) {
            return 1;
        }
        System.out.println(HoldsCommand.line(JSON.readTree(answer)));
        return 0;
    }

    /** {@code dromedary pause}. */
    @Command(name = "pause", description = "Send nothing through a pool, or to a provider, or of a stream or campaign, for a while. Its mail waits and is not lost.",
            mixinStandardHelpOptions = true)
    public static final class Pause extends HoldCommand {
        @Override
        String mode() {
            return "pause";
        }
    }

    /** {@code dromedary drain}. */
    @Command(name = "drain", description = "Let a pool end what is under way, close its connections, and give it nothing new, for a while.", mixinStandardHelpOptions = true)
    public static final class Drain extends HoldCommand {
        @Override
        String mode() {
            return "drain";
        }
    }
}
