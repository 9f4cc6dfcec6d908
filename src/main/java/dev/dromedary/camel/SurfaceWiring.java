package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.apache.camel.main.Main;

/** The part of the composition root about what people look at: the dashboard, its figures, and the description of the API. */
final class SurfaceWiring {
    private SurfaceWiring() {
    }

    static void bind(Main main, ApiCall call, DromedaryConfig config, ReactionWiring reactions, MeterRegistry registry, InstantSource clock) {
        main.bind("dashboard", new DashboardPages(new ApiGate(config.http().apiKeys())));
        main.bind("openApi", new OpenApiCall(call));
        main.bind("throughput", new ThroughputApi(call, registry, config.node(), clock));
        main.bind("matrix", new MatrixApi(call, config, reactions.brain(), reactions.board()));
    }
}
