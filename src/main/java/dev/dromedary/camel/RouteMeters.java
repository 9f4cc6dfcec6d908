package dev.dromedary.camel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;

/** How many routes run. Camel's own meter of it listens to events, and whatever listens is asked some twenty times about each exchange. */
final class RouteMeters {
    private RouteMeters() {
    }

    static void bind(MeterRegistry registry, CamelContext camel) {
        Gauge.builder("dromedary.routes.running", camel, RouteMeters::running).register(registry);
    }

    private static long running(CamelContext camel) {
        return camel.getRoutes().stream().filter(route -> camel.getRouteController().getRouteStatus(route.getRouteId()) == ServiceStatus.Started).count();
    }
}
