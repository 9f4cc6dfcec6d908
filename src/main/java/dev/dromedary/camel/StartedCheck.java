package dev.dromedary.camel;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Not ready until every lane and listener is up, and no longer once a stop began. */
final class StartedCheck extends AbstractHealthCheck {
    private volatile boolean up;

    StartedCheck() {
        super("dromedary", "started");
    }

    void up(boolean now) {
        this.up = now;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (up) {
            builder.up();
        } else {
            builder.message("starting or stopping").down();
        }
    }
}
