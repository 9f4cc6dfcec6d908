package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a hold before its time. */
@Command(name = "resume", description = "End a hold on a pool, provider, stream or campaign before its time; what waited for it is due at once.", mixinStandardHelpOptions = true)
public final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Parameters(index = "0", paramLabel = "KIND", description = "pool, provider, stream or campaign")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "ID", description = "which one")
    private String value = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for those who look later")
    private String reason = "";

    @Override
    public Integer call() throws Exception {
        String answer = api.get("/v1/holds");
        if (answer == null) {
            return 1;
        }
        for (JsonNode hold : new ObjectMapper().readTree(answer).path("holds")) {
            if (hold.path("kind").asText().equals(kind) && hold.path("value").asText().equals(value)) {
                if (api.send("DELETE", "/v1/holds/" + hold.path("id").asLong() + "?reason=" + ApiClient.encoded(reason), new byte[0]) == null) {
                    return 1;
                }
                System.out.println(kind + " " + value + " is resumed");
                return 0;
            }
        }
        System.err.println("[NOT_FOUND] " + kind + " " + value + ": it is not held; see dromedary holds");
        return 1;
    }
}
