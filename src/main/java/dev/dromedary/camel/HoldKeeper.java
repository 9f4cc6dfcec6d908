package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.hold.Hold;
import dev.dromedary.hold.HoldStore;
import dev.dromedary.hold.Holds;
import dev.dromedary.retry.WaitingMail;
import dev.dromedary.smtp.SmtpPoolClient;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;

/**
 * Puts the holds into effect on this node, every second, and at once when one is made or lifted here: the lanes of held providers take
 * nothing, drained pools keep no idle connection; and what waited for a hold that has ended is due within a second.
 *
 * <p>A lane stops by its listener, not by its route: suspending a route waits for every conversation under way. Thread-safe.
 */
public final class HoldKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(HoldKeeper.class);

    private final HoldStore store;
    private final Holds holds;
    private final WaitingMail waiting;
    private final Map<String, SmtpPoolClient> clients;
    private final Map<String, DromedaryConfig.Provider> providers;
    private final InstantSource clock;
    /** Routes of lanes that were stopped here, so that none is started that something else stopped. */
    private final Set<String> stopped = new HashSet<>();

    HoldKeeper(HoldStore store, WaitingMail waiting, Map<String, SmtpPoolClient> clients, Map<String, DromedaryConfig.Provider> providers, InstantSource clock) {
        this.store = store;
        this.holds = store.holds();
        this.waiting = waiting;
        this.clients = clients;
        this.providers = providers;
        this.clock = clock;
    }

    /** Takes over what other nodes changed, then {@link #apply}. */
    public void keep(CamelContext camel) {
        try {
            store.refresh();
        } catch (SQLException e) {
            LOG.warn("[HOLDS_STALE] database: {}; the holds last known stay in force until they expire", e.getMessage());
        }
        apply(camel);
    }

    /** Brings lanes and connections in line with the holds in force. */
    synchronized void apply(CamelContext camel) {
        providers.keySet().forEach(provider -> lane(camel, provider));
        clients.forEach((id, client) -> {
            Hold hold = holds.of(Hold.Kind.POOL, id);
            if (hold != null && hold.mode() == Hold.Mode.DRAIN) {
                client.closeIdle();
            }
        });
    }

    /** Makes due what waited for holds that have ended; a large backlog takes its time, so this has a timer of its own. */
    public void release() {
        try {
            int released = waiting.release(holds::stands, clock.instant());
            if (released > 0) {
                LOG.info("[HOLD_ENDED] {} messages that waited for it are due", released);
            }
        } catch (SQLException e) {
            LOG.warn("[HOLDS_STALE] database: {}; what waits for a hold that has ended is looked at again in a second", e.getMessage());
        }
    }

    private void lane(CamelContext camel, String provider) {
        Hold hold = holds.of(Hold.Kind.PROVIDER, provider);
        Lanes.routeIds(provider).forEach(id -> lane(camel, id, hold));
    }

    private void lane(CamelContext camel, String id, @Nullable Hold hold) {
        // Null while the routes start, or while there is no mail of its class: the next look comes in a second, and the gate lets nothing pass until then.
        Route lane = camel.getRoute(id);
        if (lane == null) {
            stopped.remove(id);
            return;
        }
        if (hold != null == stopped.contains(id) || !(lane.getConsumer() instanceof JmsConsumer consumer) || !consumer.isStarted()) {
            return;
        }
        if (hold == null) {
            listener(consumer).start();
            stopped.remove(id);
            LOG.info("[LANE_RESUMED] {}: its hold has ended", id);
        } else {
            listener(consumer).stop();
            stopped.add(id);
            LOG.info("[LANE_HELD] {}: {}; its mail stays in the broker", id, hold.text());
        }
    }

    private static AbstractMessageListenerContainer listener(JmsConsumer consumer) {
        try {
            return consumer.getListenerContainer();
        } catch (Exception e) {
            throw new IllegalStateException("a started consumer has a listener", e);
        }
    }
}
