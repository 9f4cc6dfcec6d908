package dev.dromedary.camel;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.smtp.Sandbox;
import dev.dromedary.smtp.SandboxMessage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Shows what the sandbox took, for a first look at what would have been sent. */
public final class SandboxApi {
    private static final int PAGE = 20;

    private final ApiCall call;
    private final @Nullable Sandbox sandbox;

    /** @param sandbox null where it does not run */
    SandboxApi(ApiCall call, @Nullable Sandbox sandbox) {
        this.call = call;
        this.sandbox = sandbox;
    }

    /** The latest first; {@code to} narrows it to a recipient. */
    public void list(Exchange exchange) {
        Map<String, String> asked = call.open(exchange, "to", "limit");
        Sandbox running = running();
        List<Map<String, @Nullable Object>> messages = running.messages().stream()
                .filter(message -> !asked.containsKey("to") || message.to().contains(asked.get("to")))
                .sorted(Comparator.comparingLong(SandboxMessage::number).reversed())
                .limit(ApiCall.number(asked, "limit", PAGE, 1_000)).map(SandboxApi::json).toList();
        ApiCall.answer(exchange, 200, Map.of("messages", messages, "accepted", running.accepted(), "refused", running.refused()));
    }

    /** The message as it arrived, up to the size that is kept. */
    public void show(Exchange exchange) {
        String number = call.open(exchange, "number").getOrDefault("number", "");
        SandboxMessage message = running().messages().stream().filter(m -> Long.toString(m.number()).equals(number)).findFirst()
                .orElseThrow(() -> new RefusedException(RefusalCode.NOT_FOUND, "number", number, "ask for one that GET /v1/sandbox/messages lists; older ones are dropped"));
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        exchange.getMessage().setHeader("Content-Type", "message/rfc822");
        exchange.getMessage().setHeader("X-Content-Type-Options", "nosniff");
        exchange.getMessage().setBody(message.content().clone());
    }

    private Sandbox running() {
        if (sandbox == null) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "sandbox", "not enabled", "set sandbox.enabled: true");
        }
        return sandbox;
    }

    private static Map<String, @Nullable Object> json(SandboxMessage message) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("number", message.number());
        out.put("at", message.receivedAt());
        out.put("from", message.from() == null ? "" : message.from());
        out.put("to", message.to());
        out.put("size", message.size());
        return out;
    }
}
