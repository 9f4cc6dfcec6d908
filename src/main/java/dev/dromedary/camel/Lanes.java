package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.ThrottleWindow;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Makes the lane of a provider from the route template of {@code routes/40-lane.camel.yaml}. */
final class Lanes {
    private Lanes() {
    }

    static void add(CamelContext context, DromedaryConfig.Provider provider) {
        ThrottleWindow window = ThrottleWindow.of(provider.rate());
        TemplatedRouteBuilder.builder(context, "lane").routeId(LaneWaits.ROUTE_PREFIX + provider.id())
                .parameter("provider", provider.id())
                .parameter("consumers", provider.consumers())
                .parameter("permits", window.permits())
                .parameter("periodMillis", window.periodMillis())
                .add();
    }
}
