package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what happened to a message. */
@Command(name = "message", description = "Show what happened to a message, or to all of a submission, the oldest first.", mixinStandardHelpOptions = true)
public final class MessageCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Parameters(paramLabel = "ID", description = "id of a message or submission")
    private String id = "";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return api.show("/v1/messages/" + ApiClient.encoded(id), json, MessageCommand::view);
    }

    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("events").forEach(event -> out.append(String.join("  ", parts(event))).append(System.lineSeparator()));
        if (answer.path("in_doubt").asBoolean()) {
            out.append("no answer came after the end of the message: it may have arrived").append(System.lineSeparator());
        }
        return out.toString();
    }

    private static List<String> parts(JsonNode event) {
        var parts = new ArrayList<>(List.of(event.path("at").asText(), event.path("event").asText(), event.path("id").asText() + " to " + event.path("to").asText()));
        add(parts, "by way of ", event.path("way"));
        if (event.path("attempt").asInt() > 0) {
            add(parts, "attempt ", event.path("attempt"));
        }
        add(parts, "pool ", event.path("pool"));
        add(parts, "", event.path("detail"));
        add(parts, "next attempt ", event.path("next_attempt"));
        return parts;
    }

    private static void add(List<String> parts, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            parts.add(name + value.asText());
        }
    }
}
