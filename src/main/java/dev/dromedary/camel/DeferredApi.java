package dev.dromedary.camel;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.pool.RouteTable;
import dev.dromedary.retry.DeferredMessage;
import dev.dromedary.retry.WaitingFilter;
import dev.dromedary.retry.WaitingMail;
import dev.dromedary.store.AuditLog;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about waiting messages. */
public final class DeferredApi {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;
    private static final List<String> KINDS = Arrays.stream(DeferredMessage.Kind.values()).map(DeferredMessage.Kind::id).toList();
    private static final List<String> FILTERS = Stream.concat(ApiFilter.NAMES.stream(), Stream.of("kind")).toList();
    private static final List<String> FIELDS = Stream.concat(FILTERS.stream(), Stream.of("all", "reason")).toList();
    private static final List<String> REROUTE_FIELDS = Stream.concat(FIELDS.stream(), Stream.of("to_route", "to_pool")).toList();

    private final ApiCall call;
    private final WaitingMail waiting;
    private final RouteTable routes;
    private final AuditLog audit;
    private final String node;
    private final InstantSource clock;

    DeferredApi(ApiCall call, WaitingMail waiting, RouteTable routes, AuditLog audit, String node, InstantSource clock) {
        this.call = call;
        this.waiting = waiting;
        this.routes = routes;
        this.audit = audit;
        this.node = node;
        this.clock = clock;
    }

    /** What is done to waiting messages, in batches; tells how many. */
    private interface Operation {
        int on(WaitingFilter filter) throws SQLException;
    }

    public void list(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, FILTERS, "limit", "offset");
        WaitingFilter filter = filter(asked, List.of());
        var messages = waiting.list(filter, ApiCall.number(asked, "limit", PAGE, LONGEST_PAGE), ApiCall.number(asked, "offset", 0, Integer.MAX_VALUE));
        ApiCall.answer(exchange, 200, Map.of("deferred", messages.stream().map(DeferredApi::json).toList(), "total", waiting.count(filter)));
    }

    public void retry(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiFields body = ApiFields.of(exchange, FIELDS);
        run(exchange, body, "retry", "", WaitingFilter.HASTENED, filter -> waiting.retry(filter, clock.instant()), "retried");
    }

    public void reroute(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiFields body = ApiFields.of(exchange, REROUTE_FIELDS);
        String route = target(body);
        run(exchange, body, "reroute", " to " + route, List.of(), filter -> waiting.reroute(filter, route, clock.instant()), "rerouted");
    }

    public void bounce(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiFields body = ApiFields.of(exchange, FIELDS);
        String reason = body.reason();
        run(exchange, body, "bounce", "", List.of(), filter -> waiting.bounce(filter, reason, node, clock.instant()), "bounced");
    }

    private void run(Exchange exchange, ApiFields body, String action, String target, List<DeferredMessage.Kind> usual, Operation operation, String done) throws SQLException {
        String reason = body.reason();
        Map<String, String> asked = body.given(FILTERS);
        if (asked.isEmpty() && !body.flag("all")) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "filter", "nothing", "narrow it by " + String.join(", ", FILTERS) + ", or send \"all\": true");
        }
        WaitingFilter filter = filter(asked, usual);
        long entry = audit.begun(new AuditLog.Entry(clock.instant(), ApiCall.by(exchange), "deferred." + action, WaitingFilter.text(asked) + target, reason, null));
        int count = operation.on(filter);
        audit.ended(entry, count);
        ApiCall.answer(exchange, 200, Map.of(done, count));
    }

    private String target(ApiFields body) {
        String route = body.optional("to_route");
        String pool = body.optional("to_pool");
        if ((route == null) == (pool == null)) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "to_route", route == null ? "nothing" : "to_route and to_pool", "name one of to_route and to_pool");
        }
        String name = route != null ? route : "pool:" + pool;
        if (!routes.knows(name) || route != null && route.startsWith("pool:")) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, route != null ? "to_route" : "to_pool", route != null ? route : pool,
                    "there are routes and pools " + String.join(", ", routes.names()));
        }
        return name;
    }

    private static WaitingFilter filter(Map<String, String> asked, List<DeferredMessage.Kind> usual) {
        String kind = asked.get("kind");
        if (kind != null && !KINDS.contains(kind)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "kind", kind, "write one of " + String.join(", ", KINDS));
        }
        return new WaitingFilter(ApiFilter.of(asked), kind == null ? usual : List.of(DeferredMessage.Kind.valueOf(kind.toUpperCase(Locale.ROOT))));
    }

    private static Map<String, @Nullable Object> json(DeferredMessage message) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", message.envelope().id());
        out.put("from", message.envelope().from() == null ? "" : message.envelope().from().toString());
        out.put("to", message.envelope().to().toString());
        out.put("provider", message.envelope().provider());
        out.put("pool", message.pool());
        out.put("route", message.envelope().route());
        out.put("stream", message.envelope().stream());
        out.put("campaign", message.envelope().campaign());
        out.put("kind", message.kind().id());
        out.put("held_by", message.heldBy());
        out.put("category", message.category() == null ? null : message.category().id());
        out.put("code", message.code() == 0 ? null : message.code());
        out.put("reason", message.reason());
        out.put("attempt", message.envelope().attempt());
        out.put("accepted_at", message.envelope().acceptedAt());
        out.put("next_attempt", message.nextAttempt());
        return out;
    }
}
