package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, hastens, reroutes and gives up what waits. */
@Command(name = "deferred", description = "List, retry, reroute and bounce the waiting messages of a running Dromedary.", mixinStandardHelpOptions = true)
public final class DeferredCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which messages, and why. */
    static final class Bulk {
        @Mixin
        private MailFilterOptions filter = new MailFilterOptions();

        @Parameters(arity = "0..1", paramLabel = "ID", description = "of one message or submission")
        private @Nullable String id;

        @Option(names = "--kind", paramLabel = "KIND", description = "deferred, paced, scheduled or held")
        private @Nullable String kind;

        @Option(names = "--all", description = "every message, where nothing else narrows it")
        private boolean all;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for those who look later")
        private String reason = "";

        ObjectNode body() {
            ObjectNode body = JSON.createObjectNode().put("reason", reason);
            filter.addTo(body);
            if (id != null) {
                body.put("id", id);
            }
            if (kind != null) {
                body.put("kind", kind);
            }
            if (all) {
                body.put("all", true);
            }
            return body;
        }
    }

    @Command(name = "list", description = "List what waits, the first due first.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api, @Mixin MailFilterOptions filter,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "of one message or submission") @Nullable String id,
            @Option(names = "--kind", paramLabel = "KIND", description = "deferred, paced, scheduled or held") @Nullable String kind,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "at most so many, up to 1000 (default: 100)") int limit,
            @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "leave out so many first") int offset,
            @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        String path = "/v1/deferred" + filter.query("limit=" + limit, "offset=" + offset) + (id == null ? "" : "&id=" + ApiClient.encoded(id))
                + (kind == null ? "" : "&kind=" + ApiClient.encoded(kind));
        return api.show(path, json, DeferredCommand::view);
    }

    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("deferred").forEach(message -> out.append("%s  %s  %s  attempt %d  %s%s%s  %s%n".formatted(message.path("next_attempt").asText(), message.path("id").asText(),
                message.path("to").asText(), message.path("attempt").asInt(), message.path("kind").asText(),
                message.hasNonNull("pool") ? "  pool " + message.get("pool").asText() : "", message.hasNonNull("route") ? "  to " + message.get("route").asText() : "",
                message.path("reason").asText())));
        return out.append("%d of %d%n".formatted(answer.path("deferred").size(), answer.path("total").asLong())).toString();
    }

    @Command(name = "retry", description = "Make waiting messages due at once; scheduled and held ones only where --kind names them.", mixinStandardHelpOptions = true)
    int retry(@Mixin ApiClient api, @Mixin Bulk bulk) throws InterruptedException, IOException {
        return run(api, "retry", bulk.body());
    }

    @Command(name = "reroute", description = "Give waiting messages a delivery route or pool of their own.", mixinStandardHelpOptions = true)
    int reroute(@Mixin ApiClient api, @Mixin Bulk bulk,
            @Option(names = "--to-route", paramLabel = "ID", description = "this delivery route") @Nullable String route,
            @Option(names = "--to-pool", paramLabel = "ID", description = "this pool alone") @Nullable String pool) throws InterruptedException, IOException {
        ObjectNode body = bulk.body();
        if (route != null) {
            body.put("to_route", route);
        }
        if (pool != null) {
            body.put("to_pool", pool);
        }
        return run(api, "reroute", body);
    }

    @Command(name = "bounce", description = "Give waiting messages up: they become dead letters, with an event each.", mixinStandardHelpOptions = true)
    int bounce(@Mixin ApiClient api, @Mixin Bulk bulk) throws InterruptedException, IOException {
        return run(api, "bounce", bulk.body());
    }

    private static int run(ApiClient api, String action, ObjectNode body) throws InterruptedException, IOException {
        String answer = api.send("POST", "/v1/deferred/" + action, body.toString().getBytes(StandardCharsets.UTF_8));
        if (answer == null) {
            return 1;
        }
        JsonNode done = JSON.readTree(answer);
        for (String name : List.of("retried", "rerouted", "bounced")) {
            if (done.has(name)) {
                System.out.println(done.get(name).asLong() + " messages " + name);
            }
        }
        return 0;
    }
}
