package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.event.EventSearch;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.apache.camel.main.Main;

/** The part of the composition root about what people look at: the dashboard, its figures, and the description of the API. */
final class SurfaceWiring {
    private SurfaceWiring() {
    }

    static void bind(Main main, ApiCall call, DromedaryConfig config, ReactionWiring reactions, DataSource source, MeterRegistry registry, InstantSource clock) {
        main.bind("dashboard", new DashboardPages(new ApiGate(config.http().apiKeys())));
        main.bind("configApi", new ConfigApi(call, config));
        main.bind("search", new SearchApi(call, new EventSearch(source), clock));
        main.bind("openApi", new OpenApiCall(call));
        main.bind("nodeApi", new NodeApi(call, config.node(), clock));
        main.bind("throughput", new ThroughputApi(call, registry, config.node(), clock));
        main.bind("matrix", new MatrixApi(call, config, reactions.brain(), reactions.board()));
    }
}
