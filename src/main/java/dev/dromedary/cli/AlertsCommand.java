package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is wrong at a running Dromedary and who was told, says that somebody takes care of it, and silences what is known. */
@Command(name = "alerts", description = "List, show, acknowledge and silence alerts of a running Dromedary, and try who is told.", mixinStandardHelpOptions = true)
public final class AlertsCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Command(name = "list", description = "List alerts, each with what to do about it.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api,
            @Option(names = "--state", paramLabel = "STATE", description = "open (default), acknowledged, resolved or all; up to 1,000 of the last 90 days") @Nullable String state,
            @Option(names = "--rule", paramLabel = "ID", description = "of this rule") @Nullable String rule,
            @Option(names = "--subject", paramLabel = "TEXT", description = "of this provider, pool, pool/provider, stream, queue or node") @Nullable String subject,
            @Option(names = "--severity", paramLabel = "NAME", description = "warning or critical") @Nullable String severity,
            @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        String path = "/v1/alerts" + new QueryText().with("state", state).with("rule", rule).with("subject", subject).with("severity", severity);
        if (json) {
            return api.print("GET", path, "application/json", new byte[0]);
        }
        String answer = api.get(path);
        if (answer == null) {
            return 1;
        }
        System.out.print(AlertLines.list(JSON.readTree(answer)));
        return 0;
    }

    @Command(name = "show", description = "Show one alert whole: what it went through, what to do about it, and who was told.", mixinStandardHelpOptions = true)
    int show(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "id as listed") String id,
            @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        String path = "/v1/alerts/" + ApiClient.encoded(id);
        if (json) {
            return api.print("GET", path, "application/json", new byte[0]);
        }
        String answer = api.get(path);
        if (answer == null) {
            return 1;
        }
        System.out.print(AlertLines.whole(JSON.readTree(answer)));
        return 0;
    }

    @Command(name = "test", description = "Send those who are told of alerts a notice that is marked as a test, and print what each answered.", mixinStandardHelpOptions = true)
    int test(@Mixin ApiClient api, @Parameters(arity = "0..1", paramLabel = "TARGET", description = "a webhook's name, or mail (default: all)") @Nullable String target,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason,
            @Option(names = "--by", paramLabel = "NAME", description = "who (default: the name of the API key)") @Nullable String by) throws InterruptedException, IOException {
        ObjectNode body = body(reason, by);
        if (target != null) {
            body.put("target", target);
        }
        String answer = api.send("POST", "/v1/alerts/test", body.toString().getBytes(StandardCharsets.UTF_8));
        if (answer == null) {
            return 1;
        }
        JsonNode results = JSON.readTree(answer).path("tests");
        System.out.print(AlertLines.tests(results));
        return StreamSupport.stream(results.spliterator(), false).allMatch(one -> one.path("told").asBoolean()) ? 0 : 1;
    }

    @Command(name = "acknowledge", description = "Say that you take care of an alert: it is shown, but nobody is reminded of it.", mixinStandardHelpOptions = true)
    int acknowledge(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "id as listed") String id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "what is being done") String reason,
            @Option(names = "--by", paramLabel = "NAME", description = "who (default: the name of the API key)") @Nullable String by) throws InterruptedException, IOException {
        return said(api, "/v1/alerts/" + ApiClient.encoded(id) + "/acknowledge", body(reason, by), "acknowledged");
    }

    @Command(name = "silence", description = "Let nobody be told of some alerts for a while; they are listed all the same.", mixinStandardHelpOptions = true)
    int silence(@Mixin ApiClient api,
            @Option(names = "--rule", paramLabel = "ID", description = "of this rule only") @Nullable String rule,
            @Option(names = "--subject", paramLabel = "TEXT", description = "of this subject only") @Nullable String subject,
            @Option(names = "--for", required = true, paramLabel = "TIME", description = "how long, such as 30m, 2h or 1d; at most 90d") String length,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason,
            @Option(names = "--by", paramLabel = "NAME", description = "who (default: the name of the API key)") @Nullable String by) throws InterruptedException, IOException {
        ObjectNode body = body(reason, by).put("for", length);
        if (rule != null) {
            body.put("rule", rule);
        }
        if (subject != null) {
            body.put("subject", subject);
        }
        return said(api, "/v1/alerts/silences", body, "silenced");
    }

    private static ObjectNode body(String reason, @Nullable String by) {
        ObjectNode body = JSON.createObjectNode().put("reason", reason);
        return by == null ? body : body.put("by", by);
    }

    private static int said(ApiClient api, String path, ObjectNode body, String done) throws InterruptedException, IOException {
        String answer = api.send("POST", path, body.toString().getBytes(StandardCharsets.UTF_8));
        if (answer == null) {
            return 1;
        }
        JsonNode one = JSON.readTree(answer);
        System.out.println(done + ": " + one.path("id").asText() + (one.has("until") ? " until " + one.path("until").asText() : ""));
        return 0;
    }

    @Command(name = "silences", description = "List the silences that hold.", mixinStandardHelpOptions = true)
    int silences(@Mixin ApiClient api) throws InterruptedException, IOException {
        String answer = api.get("/v1/alerts/silences");
        if (answer == null) {
            return 1;
        }
        System.out.print(silences(JSON.readTree(answer)));
        return 0;
    }

    static String silences(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("silences").forEach(one -> out.append("%s: %s%s until %s, by %s: %s%n".formatted(one.path("id").asText(),
                one.path("rule").isNull() ? "all rules" : one.path("rule").asText(), one.path("subject").isNull() ? "" : " of " + one.path("subject").asText(), one.path("until").asText(),
                one.path("by").asText(), one.path("reason").asText())));
        out.append(answer.path("total").asLong()).append(" in all").append(System.lineSeparator());
        return out.toString();
    }

    @Command(name = "unsilence", description = "End a silence now.", mixinStandardHelpOptions = true)
    int unsilence(@Mixin ApiClient api, @Parameters(paramLabel = "ID", description = "id as listed") String id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) throws InterruptedException {
        return api.print("DELETE", "/v1/alerts/silences/" + ApiClient.encoded(id) + new QueryText().with("reason", reason), "application/json", new byte[0]);
    }
}
