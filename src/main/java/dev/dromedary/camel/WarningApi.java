package dev.dromedary.camel;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.store.WarningStore;
import dev.dromedary.warning.Warning;
import dev.dromedary.warning.WarningBook;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about warnings: what is open, what was, and ending one early. */
public final class WarningApi {
    private static final int MOST = 1_000;

    private final ApiCall call;
    private final WarningBook book;
    private final WarningStore store;
    private final WarningSync sync;
    private final InstantSource clock;

    WarningApi(ApiCall call, WarningBook book, WarningStore store, WarningSync sync, InstantSource clock) {
        this.call = call;
        this.book = book;
        this.store = store;
        this.sync = sync;
        this.clock = clock;
    }

    public void list(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "provider", "pool", "kind", "all");
        Instant now = clock.instant();
        List<Warning> from = asked.containsKey("all") ? store.latest(MOST) : book.open();
        List<Map<String, @Nullable Object>> found = from.stream()
                .filter(one -> fits(asked, "provider", one.provider()) && fits(asked, "pool", one.pool()) && fits(asked, "kind", one.kind().id()))
                .map(one -> shown(one, now)).toList();
        ApiCall.answer(exchange, 200, Map.of("warnings", found, "total", found.size()));
    }

    /** @throws RefusedException without a reason, or where no warning of that id is open */
    public void end(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "id", "reason");
        String reason = ApiFields.reason(asked.get("reason"));
        String id = asked.getOrDefault("id", "");
        // What was raised a moment ago may not be in the database yet.
        sync.sync();
        Instant now = clock.instant();
        Warning ended = store.end(id, ApiCall.by(exchange), reason, now).orElseThrow(
                () -> new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the id of an open warning: GET /v1/warnings"));
        book.end(id, now);
        ApiCall.answer(exchange, 200, Map.of("ended", shown(ended, now), "reason", reason));
    }

    private static boolean fits(Map<String, String> asked, String name, String value) {
        return !asked.containsKey(name) || value.equals(asked.get(name));
    }

    private Map<String, @Nullable Object> shown(Warning one, Instant now) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", one.id());
        out.put("kind", one.kind().id());
        out.put("severity", one.critical() ? "critical" : "warning");
        out.put("pool", one.pool().isEmpty() ? null : one.pool());
        out.put("provider", one.provider());
        out.put("cause", one.cause());
        out.put("count", one.count());
        out.put("total", one.total());
        out.put("usual", Double.isNaN(one.usual()) ? null : one.usual());
        out.put("since", one.since());
        out.put("seen", one.seen());
        out.put("threshold_at", one.expected());
        out.put("threshold_at_earliest", one.earliest());
        Duration lead = one.lead(now);
        out.put("lead_seconds", lead.isZero() ? null : lead.toSeconds());
        out.put("share", one.share(book.steps(), now));
        out.put("usual_per_second", Double.isNaN(one.perSecond()) ? null : Math.round(one.perSecond() * 1000) / 1000.0);
        out.put("open", !one.over(book.steps(), now));
        out.put("end", one.end(book.steps()));
        return out;
    }
}
