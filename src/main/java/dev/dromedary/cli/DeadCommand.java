package dev.dromedary.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists and replays what was given up. */
@Command(name = "dead", description = "List and replay dead letters of a running Dromedary.", mixinStandardHelpOptions = true)
public final class DeadCommand {
    @Command(name = "list", description = "List the latest dead letters as JSON.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api) throws InterruptedException {
        return api.print("GET", "/v1/dead-letters", "application/json", new byte[0]);
    }

    @Command(name = "replay", description = "Put a dead letter, or all, back on its lane.", mixinStandardHelpOptions = true)
    int replay(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "a message id, or all") String id) throws InterruptedException {
        return api.print("POST", "/v1/dead-letters/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/replay", "application/json", new byte[0]);
    }
}
