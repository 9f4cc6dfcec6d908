package dev.dromedary.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps accepted mail from being sent. */
@Command(name = "cancel", description = "Keep accepted mail of a running Dromedary from being sent: one message or submission, or all that the options name together.",
        mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; it stands in the history of every message")
    private String reason = "";

    @Option(names = "--campaign", paramLabel = "ID", description = "of this campaign")
    private @Nullable String campaign;

    @Option(names = "--stream", paramLabel = "ID", description = "of this stream")
    private @Nullable String stream;

    @Option(names = "--provider", paramLabel = "ID", description = "to this mailbox provider")
    private @Nullable String provider;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "to this recipient domain")
    private @Nullable String domain;

    @Option(names = "--sender-domain", paramLabel = "DOMAIN", description = "from this sender domain")
    private @Nullable String senderDomain;

    @Option(names = "--pool", paramLabel = "ID", description = "that waits after a refusal by this pool")
    private @Nullable String pool;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "id of a message or submission")
    private @Nullable String id;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Map<String, Object> order = new LinkedHashMap<>();
        put(order, "campaign", campaign);
        put(order, "stream", stream);
        put(order, "provider", provider);
        put(order, "domain", domain);
        put(order, "sender_domain", senderDomain);
        put(order, "pool", pool);
        if (id != null && !order.isEmpty()) {
            System.err.println("[CANCEL_AMBIGUOUS] " + id + ": an id and " + String.join(", ", order.keySet()) + "; name one message, or what many have in common");
            return 1;
        }
        order.put("reason", reason);
        String path = id == null ? "/v1/cancel" : "/v1/messages/" + ApiClient.encoded(id) + "/cancel";
        return api.print("POST", path, "application/json", new ObjectMapper().writeValueAsBytes(order));
    }

    private static void put(Map<String, Object> order, String name, @Nullable String value) {
        if (value != null) {
            order.put(name, value);
        }
    }
}
