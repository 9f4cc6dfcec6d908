package dev.dromedary.camel;

import dev.dromedary.store.EmbeddedBroker;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Not ready while the embedded broker has stopped, or takes nothing because its disk is full. */
final class StorageCheck extends AbstractHealthCheck {
    private final EmbeddedBroker broker;

    StorageCheck(EmbeddedBroker broker) {
        super("dromedary", "storage");
        this.broker = broker;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String fault = broker.diskFull() ? "[BROKER_DISK_FULL] nothing is accepted and nothing is sent until there is room"
                : broker.fault().map(why -> "[BROKER_STOPPED] " + why).orElse(null);
        if (fault == null) {
            builder.up();
        } else {
            builder.message(fault).down();
        }
    }
}
