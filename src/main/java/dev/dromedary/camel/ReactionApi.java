package dev.dromedary.camel;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.reaction.ActiveReaction;
import dev.dromedary.reaction.ReactionBook;
import dev.dromedary.reaction.RecoveryStep;
import dev.dromedary.store.ReactionStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls about reactions: what is under way, and ending one early. */
public final class ReactionApi {
    private static final Logger LOG = LoggerFactory.getLogger(ReactionApi.class);

    private final ApiCall call;
    private final ReactionBook book;
    private final ReactionStore store;
    private final ReactionSync sync;
    private final InstantSource clock;

    ReactionApi(ApiCall call, ReactionBook book, ReactionStore store, ReactionSync sync, InstantSource clock) {
        this.call = call;
        this.book = book;
        this.store = store;
        this.sync = sync;
        this.clock = clock;
    }

    public void list(Exchange exchange) {
        Map<String, String> asked = call.open(exchange, "provider", "pool", "action", "rule");
        Instant now = clock.instant();
        List<Map<String, @Nullable Object>> found = book.active().stream()
                .filter(one -> fits(asked, "provider", one.provider()) && fits(asked, "pool", one.pool()) && fits(asked, "action", one.action().id()) && fits(asked, "rule", one.rule()))
                .map(one -> shown(one, now)).toList();
        ApiCall.answer(exchange, 200, Map.of("reactions", found, "total", found.size()));
    }

    /** @throws RefusedException without a reason, or where no reaction of that id is under way */
    public void lift(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "id", "reason");
        String id = asked.getOrDefault("id", "");
        String reason = ApiFields.reason(asked.get("reason"));
        // What started a moment ago may not be in the database yet.
        sync.sync();
        ActiveReaction lifted = store.lift(id, ApiCall.by(exchange), reason, clock.instant()).orElseThrow(
                () -> new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the id of a reaction under way: GET /v1/reactions"));
        book.lift(id);
        LOG.info("[REACTION_LIFTED] {}: {}, which would have lasted until {}; mail goes on. The reason given: {}", id, lifted.action().text(), lifted.end(), reason);
        ApiCall.answer(exchange, 200, Map.of("lifted", shown(lifted, clock.instant()), "reason", reason));
    }

    private static boolean fits(Map<String, String> asked, String name, String value) {
        return !asked.containsKey(name) || value.equals(asked.get(name));
    }

    private static Map<String, @Nullable Object> shown(ActiveReaction one, Instant now) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", one.id());
        out.put("rule", one.rule());
        out.put("provider", one.provider());
        out.put("pool", one.pool());
        out.put("action", one.action().text());
        out.put("cause", one.cause());
        out.put("start", one.start());
        out.put("hold_until", one.holdUntil());
        out.put("end", one.end());
        out.put("step", one.step(now));
        out.put("now", one.stepText(now));
        out.put("step_until", one.until(one.step(now)));
        out.put("recovery", one.recovery().stream().map(RecoveryStep::text).toList());
        out.put("usual_per_second", Double.isNaN(one.usual()) ? null : Math.round(one.usual() * 1000) / 1000.0);
        return out;
    }
}
