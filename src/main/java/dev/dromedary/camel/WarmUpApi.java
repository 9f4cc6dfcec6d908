package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.store.WarmUpStore;
import dev.dromedary.warmup.DayCount;
import dev.dromedary.warmup.WarmUp;
import dev.dromedary.warmup.WarmUpView;
import dev.dromedary.warmup.WarmUps;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about warm-ups: how far they are, and what operators do to them. */
public final class WarmUpApi {
    private static final List<String> FIELDS = List.of("pool", "provider", "action", "stage", "reason");
    private static final List<String> ACTIONS = List.of("start", "hold", "resume", "stage", "stop");

    private final ApiCall call;
    private final WarmUps warmUps;
    private final WarmUpStore store;
    private final WarmUpSync sync;
    private final DromedaryConfig config;
    private final InstantSource clock;

    WarmUpApi(ApiCall call, WarmUps warmUps, WarmUpStore store, WarmUpSync sync, DromedaryConfig config, InstantSource clock) {
        this.call = call;
        this.warmUps = warmUps;
        this.store = store;
        this.sync = sync;
        this.config = config;
        this.clock = clock;
    }

    public void list(Exchange exchange) {
        Map<String, String> asked = call.open(exchange, "pool", "provider");
        sync.sync();
        List<Map<String, @Nullable Object>> found = warmUps.views().stream()
                .filter(view -> asked.getOrDefault("pool", view.state().pool()).equals(view.state().pool())
                        && asked.getOrDefault("provider", view.state().provider()).equals(view.state().provider()))
                .map(WarmUpApi::shown).toList();
        ApiCall.answer(exchange, 200, Map.of("warm_ups", found, "total", found.size()));
    }

    /** @throws RefusedException without a reason, of an unknown pool or provider, or where it is not in a state for that */
    public void change(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiFields body = ApiFields.of(exchange, FIELDS);
        String pool = known("pool", body.required("pool", "name the pool"), config.pools().keySet());
        String provider = known("provider", body.required("provider", "name the provider"), config.providers().keySet());
        String action = body.choice("action", ACTIONS);
        String reason = body.reason();
        if (!config.brain().warmUp().enabled()) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "action", action, "warm-up is switched off: set warm-up.enabled to true");
        }
        sync.sync();
        WarmUp before = warmUps.find(pool, provider);
        WarmUp after = after(before, pool, provider, action, stage(body, action), "by " + ApiCall.by(exchange) + ": " + reason);
        if (!store.change(before, after, ApiCall.by(exchange), action, reason, clock.instant())) {
            throw new RefusedException(RefusalCode.UNAVAILABLE, "action", action, "it was changed at the same time: look at GET /v1/warm-ups and try again");
        }
        sync.sync();
        ApiCall.answer(exchange, 200, warmUps.views().stream().filter(view -> view.state().pool().equals(pool) && view.state().provider().equals(provider)).findFirst()
                .map(WarmUpApi::shown).orElseThrow());
    }

    private WarmUp after(@Nullable WarmUp before, String pool, String provider, String action, int stage, String why) {
        if (action.equals("start")) {
            if (before != null && before.underWay()) {
                throw new RefusedException(RefusalCode.FIELD_INVALID, "action", action, "it is under way: set its stage, or stop it first");
            }
            return warmUps.begun(pool, provider, stage);
        }
        if (before == null || !before.underWay()) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "pool", pool + " to " + provider, "no warm-up is under way there; start one, or look at GET /v1/warm-ups");
        }
        return switch (action) {
            case "hold" -> before.held("held " + why);
            case "resume" -> before.resumed("resumed " + why);
            case "stage" -> before.atStage(stage, "set to stage " + stage + " " + why);
            default -> before.stopped("stopped " + why);
        };
    }

    private int stage(ApiFields body, String action) {
        String text = action.equals("stage") ? body.required("stage", "say which") : body.optional("stage");
        int stage = text == null ? 1 : text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (stage < 1 || stage > warmUps.stages()) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "stage", String.valueOf(text), "write a whole number from 1 to " + warmUps.stages() + ", in quotes");
        }
        return stage;
    }

    private static String known(String name, String value, Collection<String> all) {
        if (!all.contains(value)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, name, value, "no such " + name + "; there are " + String.join(", ", all));
        }
        return value;
    }

    static Map<String, @Nullable Object> shown(WarmUpView view) {
        WarmUp one = view.state();
        DayCount today = view.today();
        Ceiling ceiling = view.ceiling();
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("pool", one.pool());
        out.put("provider", one.provider());
        out.put("status", one.status().id());
        out.put("stage", one.stage());
        out.put("stages", view.stages());
        out.put("from", one.from().toString());
        out.put("configured", one.configured());
        out.put("allowed_today", view.allowance());
        out.put("sent_today", today.sent());
        out.put("delivered_today", today.accepted());
        out.put("deferred_today", today.deferred());
        out.put("blocked_today", today.blocked());
        out.put("complaints_today", today.complaints());
        out.put("per_hour", Double.isInfinite(ceiling.perSecond()) ? null : Math.round(ceiling.perSecond() * 36_000) / 10.0);
        out.put("halted_until", ceiling.halt() == null ? null : ceiling.halt().until());
        out.put("day_counts", !one.partial());
        out.put("stalled_days", one.stalled());
        out.put("idle_days", one.idle());
        out.put("nodes", view.nodes());
        out.put("note", one.note());
        return out;
    }
}
