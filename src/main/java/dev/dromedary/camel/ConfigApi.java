package dev.dromedary.camel;

import dev.dromedary.config.ConfigInForce;
import dev.dromedary.config.DromedaryConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that shows the configuration in force. What is secret is not in it. */
public final class ConfigApi {
    private final ApiCall call;
    private final String node;
    private final List<Map<String, @Nullable Object>> values;

    ConfigApi(ApiCall call, DromedaryConfig config) {
        this.call = call;
        this.node = config.node();
        this.values = config.inForce().values().stream().map(ConfigApi::shown).toList();
    }

    public void config(Exchange exchange) {
        call.open(exchange);
        ApiCall.answer(exchange, 200, Map.of("node", node, "values", values));
    }

    private static Map<String, @Nullable Object> shown(ConfigInForce.Value one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("key", one.key());
        out.put("value", one.value());
        out.put("source", one.source().name().toLowerCase(Locale.ROOT));
        out.put("place", one.place());
        out.put("meaning", one.meaning());
        return out;
    }
}
