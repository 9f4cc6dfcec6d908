package dev.dromedary.camel;

import dev.dromedary.cancel.Cancellation;
import dev.dromedary.cancel.CancellationStore;
import dev.dromedary.message.JsonFields;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.StrictJson;
import dev.dromedary.store.AuditLog;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls that keep accepted mail from being sent; docs/http-api.md describes them. */
public final class CancelApi {
    /** A caller waits so long for what waits to be taken away; a timer does the rest. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_REASON = 500;
    private static final List<String> SCOPE = List.of("campaign", "stream", "provider", "domain", "pool", "sender_domain");

    private final ApiCall call;
    private final CancellationStore store;
    private final AuditLog audit;

    CancelApi(ApiCall call, CancellationStore store, AuditLog audit) {
        this.call = call;
        this.store = store;
        this.audit = audit;
    }

    /** One message, or all of a submission. */
    public void message(Exchange exchange) throws SQLException, IOException {
        RequestStream body = ApiBody.of(exchange);
        String id = call.open(exchange, "id").getOrDefault("id", "");
        JsonFields fields = fields(body);
        fields.refuseUnknown(List.of("reason"));
        if (id.length() > 1_000 || id.indexOf('\0') >= 0) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "id", id, "name the message_id that the submission was answered with");
        }
        order(exchange, Cancellation.Scope.ofMessage(id), reason(fields));
    }

    /** All that the fields name together. */
    public void matching(Exchange exchange) throws SQLException, IOException {
        RequestStream body = ApiBody.of(exchange);
        call.open(exchange);
        JsonFields fields = fields(body);
        fields.refuseUnknown(Stream.concat(SCOPE.stream(), Stream.of("reason")).toList());
        var scope = new Cancellation.Scope(null, text(fields, "provider"), text(fields, "stream"), text(fields, "campaign"),
                SuppressionApi.domain(text(fields, "domain")), text(fields, "pool"), SuppressionApi.domain(text(fields, "sender_domain")));
        if (scope.isEverything()) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "filter", "none", "name at least one of " + String.join(", ", SCOPE));
        }
        order(exchange, scope, reason(fields));
    }

    private void order(Exchange exchange, Cancellation.Scope scope, String reason) throws SQLException {
        CancellationStore.Ordered ordered = store.order(scope, reason, ApiCall.by(exchange));
        Cancellation order = ordered.order();
        int removed = store.sweep(order, PATIENCE);
        audit.ended(ordered.entry(), removed);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("cancellation", order.id());
        answer.put("removed", removed);
        answer.put("lanes", scope.reachesLanes() ? "dropped when their turn comes" : "not reached: a message on a lane has no pool yet");
        answer.put("accepted_until", order.at());
        ApiCall.answer(exchange, 202, answer);
    }

    private static JsonFields fields(RequestStream body) throws IOException {
        return new JsonFields(StrictJson.object(ApiBody.small(body)), "");
    }

    private static @Nullable String text(JsonFields fields, String name) {
        String text = fields.text(name);
        if (text != null && (text.isBlank() || text.length() > 255 || text.indexOf('\0') >= 0)) {
            throw JsonFields.invalid(name, text, "write 1 to 255 characters, or leave it out");
        }
        return text;
    }

    private static String reason(JsonFields fields) {
        String reason = fields.requiredText("reason");
        if (reason.isBlank() || reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw JsonFields.invalid("reason", reason, "say why, in 1 to " + LONGEST_REASON + " characters on one line: it stands in the history of every message");
        }
        return reason;
    }
}
