package dev.dromedary.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;

/** All that a lane's consumer may wait for: a permit of the provider's rate, room on the disk, room at a pool; and the gate of holds, where none waits. A stop ends every wait. */
record LaneWaits(PermitWait permits, StorageGate storage, RoomWait room, HoldGate holds) {
    /** The routes of lanes are named so, and their provider. */
    static final String ROUTE_PREFIX = "lane-";

    /** What waits is settled at once, most of it by going back to the broker; the lanes take nothing new. */
    void end(CamelContext camel) throws Exception {
        for (Route route : camel.getRoutes()) {
            if (route.getId().startsWith(ROUTE_PREFIX) && route.getConsumer() instanceof JmsConsumer consumer && consumer.getListenerContainer() != null) {
                consumer.getListenerContainer().stop();
            }
        }
        storage.close();
        room.close();
        permits.close();
    }
}
