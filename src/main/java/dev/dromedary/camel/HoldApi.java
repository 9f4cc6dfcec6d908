package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.hold.Hold;
import dev.dromedary.hold.HoldStore;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.store.AuditLog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about holds and about what operators did. */
public final class HoldApi {
    private static final List<String> FIELDS = List.of("kind", "value", "mode", "reason", "for");
    private static final List<String> KINDS = Arrays.stream(Hold.Kind.values()).map(Hold.Kind::id).toList();
    private static final int LONGEST_NAME = 128;

    private final ApiCall call;
    private final HoldStore store;
    private final HoldKeeper keeper;
    private final PoolBoard board;
    private final AuditLog audit;
    private final DromedaryConfig config;

    HoldApi(ApiCall call, HoldStore store, HoldKeeper keeper, PoolBoard board, AuditLog audit, DromedaryConfig config) {
        this.call = call;
        this.store = store;
        this.keeper = keeper;
        this.board = board;
        this.audit = audit;
        this.config = config;
    }

    public void list(Exchange exchange) throws SQLException {
        call.open(exchange);
        store.refresh();
        ApiCall.answer(exchange, 200, Map.of("holds", store.holds().all().stream().map(this::json).toList()));
    }

    public void place(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiFields body = ApiFields.of(exchange, FIELDS);
        Hold.Kind kind = Hold.Kind.valueOf(body.choice("kind", KINDS).toUpperCase(Locale.ROOT));
        String value = value(kind, body.required("value", "name the " + kind.id()));
        Hold.Mode mode = body.optional("mode") == null ? Hold.Mode.PAUSE : Hold.Mode.valueOf(body.choice("mode", List.of("pause", "drain")).toUpperCase(Locale.ROOT));
        if (mode == Hold.Mode.DRAIN && kind != Hold.Kind.POOL) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "mode", "drain of a " + kind.id(), "only a pool can be drained; pause the " + kind.id());
        }
        Duration most = config.holds().max();
        Duration usual = config.holds().usual().compareTo(most) < 0 ? config.holds().usual() : most;
        Hold placed = store.place(new HoldStore.Request(kind, value, mode, body.reason(), ApiCall.by(exchange), body.duration("for", usual, most)));
        keeper.apply(exchange.getContext());
        ApiCall.answer(exchange, 201, json(placed));
    }

    public void resume(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "id", "reason");
        String id = asked.getOrDefault("id", "");
        String reason = ApiFields.reason(asked.get("reason"));
        Hold lifted = store.lift(id.matches("\\d{1,18}") ? Long.parseLong(id) : -1, ApiCall.by(exchange), reason).orElseThrow(() ->
                new RefusedException(RefusalCode.NOT_FOUND, "id", id, "no hold of this id is in force; see GET /v1/holds"));
        keeper.apply(exchange.getContext());
        ApiCall.answer(exchange, 200, Map.of("resumed", lifted.subject(), "id", lifted.id()));
    }

    public void audit(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "limit", "offset");
        ApiCall.answer(exchange, 200, Map.of("audit", audit.list(ApiCall.number(asked, "limit", 100, 1_000), ApiCall.number(asked, "offset", 0, Integer.MAX_VALUE)).stream()
                .map(HoldApi::json).toList()));
    }

    private String value(Hold.Kind kind, String value) {
        Collection<String> known = switch (kind) {
            case POOL -> config.pools().keySet();
            case PROVIDER -> config.providers().keySet();
            case STREAM, CAMPAIGN, SENDER -> List.of();
        };
        boolean valid = switch (kind) {
            case POOL, PROVIDER -> known.contains(value);
            case STREAM, CAMPAIGN, SENDER -> value.length() <= LONGEST_NAME && !value.isBlank() && value.chars().noneMatch(Character::isISOControl);
        };
        if (!valid) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "value", value, known.isEmpty() ? "use 1-" + LONGEST_NAME + " printable characters"
                    : "no such " + kind.id() + "; there are " + String.join(", ", known));
        }
        return value;
    }

    private Map<String, @Nullable Object> json(Hold hold) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", hold.id());
        out.put("kind", hold.kind().id());
        out.put("value", hold.value());
        out.put("mode", hold.mode().id());
        out.put("reason", hold.reason());
        out.put("by", hold.by());
        out.put("since", hold.since());
        out.put("expires", hold.expires());
        if (hold.kind() == Hold.Kind.POOL && config.pools().containsKey(hold.value())) {
            int inFlight = board.view(hold.value(), "other").inFlight();
            out.put("in_flight", inFlight);
            out.put("state", hold.mode() == Hold.Mode.PAUSE ? "paused" : inFlight > 0 ? "draining" : "drained");
        } else {
            out.put("state", "paused");
        }
        return out;
    }

    private static Map<String, @Nullable Object> json(AuditLog.Entry entry) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("at", entry.at());
        out.put("by", entry.by());
        out.put("action", entry.action());
        out.put("subject", entry.subject());
        out.put("reason", entry.reason());
        out.put("messages", entry.messages());
        return out;
    }
}
