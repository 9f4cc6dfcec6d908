package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, replays and drops what was given up. */
@Command(name = "dead", description = "List, replay and drop dead letters of a running Dromedary.", mixinStandardHelpOptions = true)
public final class DeadCommand {
    /** Which dead letters are meant; what is not given does not matter. */
    static final class Filter {
        @Option(names = "--provider", paramLabel = "ID", description = "of this mailbox provider")
        private @Nullable String provider;

        @Option(names = "--stream", paramLabel = "ID", description = "of this stream")
        private @Nullable String stream;

        @Option(names = "--campaign", paramLabel = "ID", description = "of this campaign")
        private @Nullable String campaign;

        @Option(names = "--domain", paramLabel = "DOMAIN", description = "to this recipient domain")
        private @Nullable String domain;

        @Option(names = "--pool", paramLabel = "ID", description = "last refused by this pool")
        private @Nullable String pool;

        @Option(names = "--category", paramLabel = "ID", description = "of this category, such as permanent-recipient")
        private @Nullable String category;

        String query(String... others) {
            var query = new StringJoiner("&", "?", "").setEmptyValue("");
            add(query, "provider", provider);
            add(query, "stream", stream);
            add(query, "campaign", campaign);
            add(query, "domain", domain);
            add(query, "pool", pool);
            add(query, "category", category);
            for (String other : others) {
                query.add(other);
            }
            return query.toString();
        }

        private static void add(StringJoiner query, String name, @Nullable String value) {
            if (value != null) {
                query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
    }

    @Command(name = "list", description = "List dead letters, the latest first.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api, @Mixin Filter filter,
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

    @Command(name = "drop", description = "Drop a dead letter for good: it is not sent, and its history says so.", mixinStandardHelpOptions = true)
    int drop(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "id of a message or submission") String id) throws InterruptedException {
        return api.print("DELETE", "/v1/dead-letters/" + URLEncoder.encode(id, StandardCharsets.UTF_8), "application/json", new byte[0]);
    }

    @Command(name = "replay", description = "Put a dead letter, or all that the options name, back on its lane.", mixinStandardHelpOptions = true)
    int replay(@Mixin ApiClient api, @Mixin Filter filter,
            @Parameters(paramLabel = "ID", description = "id of a message or submission, or all") String id) throws InterruptedException {
        return api.print("POST", "/v1/dead-letters/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/replay" + filter.query(), "application/json", new byte[0]);
    }
}
