package dev.dromedary.camel;

import dev.dromedary.monitor.Version;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;

/** What runs: versions, and how many routes. Camel's own meters of it listen to events, and whatever listens is asked some twenty times about each exchange. */
final class RouteMeters {
    private RouteMeters() {
    }

    static void bind(MeterRegistry registry, CamelContext camel) {
        Gauge.builder("dromedary.build.info", () -> 1).tags("version", Version.TEXT, "camel", camel.getVersion(), "java", System.getProperty("java.version")).register(registry);
        Gauge.builder("dromedary.routes.running", camel, RouteMeters::running).register(registry);
    }

    private static long running(CamelContext camel) {
        return camel.getRoutes().stream().filter(route -> camel.getRouteController().getRouteStatus(route.getRouteId()) == ServiceStatus.Started).count();
    }
}
