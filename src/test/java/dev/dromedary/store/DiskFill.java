package dev.dromedary.store;

import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;

/** Makes a running broker believe that its disk is full: by its own monitor, whose limit is set below what is in use, until closed. */
public final class DiskFill implements AutoCloseable {
    private final ActiveMQServerImpl server;
    private final double limit;

    private DiskFill(ActiveMQServerImpl server) throws Exception {
        this.server = server;
        this.limit = server.getMonitor().getMaxUsage();
        server.getMonitor().setMaxUsage(0.0001);
        server.getMonitor().tick();
    }

    public static DiskFill of(EmbeddedBroker broker) throws Exception {
        return new DiskFill((ActiveMQServerImpl) broker.server());
    }

    @Override
    public void close() {
        if (server.getMonitor() == null) {
            return;
        }
        server.getMonitor().setMaxUsage(limit);
        server.getMonitor().tick();
    }
}
