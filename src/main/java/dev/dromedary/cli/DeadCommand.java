package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, shows, exports, replays and drops what was given up. */
@Command(name = "dead", description = "List, show, export, replay and drop dead letters of a running Dromedary.", mixinStandardHelpOptions = true)
public final class DeadCommand {
    @Command(name = "list", description = "List dead letters, the latest first.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api, @Mixin MailFilterOptions filter,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "at most so many, up to 1000 (default: 100)") int limit,
            @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "leave out so many first") int offset,
            @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        String path = "/v1/dead-letters" + filter.query("limit=" + limit, "offset=" + offset);
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

    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("dead_letters").forEach(letter -> out.append("%s  %s  %s  %s %s  %s%s%n".formatted(letter.path("dead_at").asText(), letter.path("id").asText(),
                letter.path("to").asText(), letter.path("outcome").asText(), letter.path("category").asText(""), letter.path("reason").asText(),
                letter.hasNonNull("replayed_at") ? "  (replayed " + letter.get("replayed_at").asText() + ")" : "")));
        out.append("%d of %d%n".formatted(answer.path("dead_letters").size(), answer.path("total").asLong()));
        return out.toString();
    }

    @Command(name = "show", description = "Show one dead letter: what happened, and the header fields of its message.", mixinStandardHelpOptions = true)
    int show(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "id of a message") String id,
            @Option(names = "--raw", description = "print the message itself, as it was to be sent") boolean raw,
            @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        String path = "/v1/dead-letters/" + ApiClient.encoded(id);
        if (raw) {
            return api.download(path + "?raw=true", System.out);
        }
        return api.show(path, json, DeadCommand::shown);
    }

    static String shown(JsonNode letter) {
        var out = new StringBuilder();
        letter.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            if (!field.getKey().equals("headers") && !value.isNull() && !(value.isArray() && value.isEmpty())) {
                out.append("%-14s%s%n".formatted(field.getKey(), value.isValueNode() ? value.asText() : value.toString()));
            }
        });
        out.append(System.lineSeparator());
        letter.path("headers").forEach(header -> out.append("%s: %s%n".formatted(header.path("name").asText(), header.path("value").asText())));
        return out.toString();
    }

    @Command(name = "export", description = "Print dead letters as NDJSON, the oldest first.", mixinStandardHelpOptions = true)
    int export(@Mixin ApiClient api, @Mixin MailFilterOptions filter,
            @Option(names = "--raw", description = "with each message, in Base64") boolean raw) throws InterruptedException {
        return api.download("/v1/dead-letters/export" + filter.query("raw=" + raw), System.out);
    }

    @Command(name = "drop", description = "Drop a dead letter for good: it is not sent, and its history says so.", mixinStandardHelpOptions = true)
    int drop(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "id of a message or submission") String id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for those who look later") String reason) throws InterruptedException {
        return api.print("DELETE", "/v1/dead-letters/" + ApiClient.encoded(id) + new QueryText().with("reason", reason), "application/json", new byte[0]);
    }

    @Command(name = "replay", description = "Put a dead letter, or all that the options name, back on its lane.", mixinStandardHelpOptions = true)
    int replay(@Mixin ApiClient api, @Mixin MailFilterOptions filter,
            @Parameters(paramLabel = "ID", description = "id of a message or submission, or all") String id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for those who look later") String reason) throws InterruptedException {
        String query = filter.query("reason=" + ApiClient.encoded(reason));
        return api.print("POST", "/v1/dead-letters/" + ApiClient.encoded(id) + "/replay" + query, "application/json", new byte[0]);
    }
}
