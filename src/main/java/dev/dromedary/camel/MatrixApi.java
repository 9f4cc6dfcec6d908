package dev.dromedary.camel;

import dev.dromedary.brain.Brain;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.PoolView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that shows each pool towards each provider: what is under way, and what holds it back, why and until when. */
public final class MatrixApi {
    private final ApiCall call;
    private final DromedaryConfig config;
    private final Brain brain;
    private final PoolBoard board;

    MatrixApi(ApiCall call, DromedaryConfig config, Brain brain, PoolBoard board) {
        this.call = call;
        this.config = config;
        this.brain = brain;
        this.board = board;
    }

    public void matrix(Exchange exchange) {
        boolean all = flag(call.open(exchange, "all").get("all"));
        var cells = new ArrayList<Map<String, @Nullable Object>>();
        for (String provider : config.providers().keySet()) {
            for (String pool : config.pools().keySet()) {
                PoolView view = board.view(pool, provider);
                Ceiling ceiling = brain.of(pool, provider);
                double accepted = brain.reputation().of(pool, provider).accepted();
                if (all || accepted > 0 || view.inFlightToProvider() > 0 || ceiling != Ceiling.NONE) {
                    cells.add(cell(view, provider, ceiling, accepted));
                }
            }
        }
        ApiCall.answer(exchange, 200, Map.of("pools", List.copyOf(config.pools().keySet()), "cells", cells));
    }

    private static boolean flag(@Nullable String value) {
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "all", value, "write true or false");
        }
        return "true".equals(value);
    }

    private Map<String, @Nullable Object> cell(PoolView view, String provider, Ceiling ceiling, double accepted) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("provider", provider);
        out.put("pool", view.id());
        out.put("score", ReputationJson.rounded(brain.reputation().of(view.id(), provider).score()));
        out.put("accepted", ReputationJson.rounded(accepted));
        out.put("in_flight", view.inFlightToProvider());
        out.put("max_connections", Math.min(view.maxConnections(), view.maxConnectionsToProvider()));
        out.put("binding", view.binding());
        out.put("ceiling", ceiling == Ceiling.NONE ? null : ExplainApi.ceiling(ceiling, view));
        return out;
    }
}
