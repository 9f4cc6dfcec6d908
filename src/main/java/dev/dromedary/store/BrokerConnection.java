package dev.dromedary.store;

import dev.dromedary.config.DromedaryConfig;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * The way to the broker, embedded or external.
 *
 * <p>{@link #connectionFactory()} is one object on purpose: Spring binds a listener's session to the thread under the factory it came from,
 * and a producer joins that session, and so its commit, only if it asks <em>the same object</em>. Camel's consumers and producers
 * must both be given this one ({@code transacted=true&lazyCreateTransactionManager=false}), never the broker's factory inside it.
 */
public final class BrokerConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 500;
    private static final long CALL_TIMEOUT = 30_000;
    private static final int DRAIN_WINDOW = 1024 * 1024;
    private final CachingConnectionFactory shared;
    private final ActiveMQConnectionFactory lanes;
    private final ActiveMQConnectionFactory drains;

    private BrokerConnection(ActiveMQConnectionFactory lanes, ActiveMQConnectionFactory drains, int sessions) {
        this.lanes = lanes;
        this.drains = drains;
        shared = new CachingConnectionFactory(lanes);
        shared.setSessionCacheSize(sessions);
        shared.setCacheProducers(true);
        // Listener containers keep their consumers themselves; a cached one would hold messages that nobody reads.
        shared.setCacheConsumers(false);
        shared.setReconnectOnException(true);
    }

    /** @param sessions kept open for use again: at least the number of consumers and of threads that accept mail */
    public static BrokerConnection to(EmbeddedBroker broker, int sessions) {
        return new BrokerConnection(factory(broker.url(), broker.user(), broker.password(), 0), factory(broker.url(), broker.user(), broker.password(), DRAIN_WINDOW),
                sessions);
    }

    /** @throws StorageException when the broker stays away for a minute or refuses us */
    public static BrokerConnection to(DromedaryConfig.Broker config, int sessions) {
        return to(config, sessions, PATIENCE);
    }

    static BrokerConnection to(DromedaryConfig.Broker config, int sessions, Duration patience) {
        String url = Objects.requireNonNull(config.url(), "broker.url");
        String user = config.user() == null ? "" : config.user();
        String password = config.password().reveal();
        await(url, user, password, patience);
        ActiveMQConnectionFactory lanes = factory(url, user, password, 0);
        ActiveMQConnectionFactory drains = factory(url, user, password, DRAIN_WINDOW);
        return new BrokerConnection(lanes, drains, sessions);
    }

    private static ActiveMQConnectionFactory factory(String url, String user, String password, int window) {
        var factory = new ActiveMQConnectionFactory(url, user, password);
        // 0: a consumer takes a message when it is free. A window would park mail behind a slow conversation while others are idle.
        factory.setConsumerWindowSize(window);
        factory.setBlockOnDurableSend(true);
        factory.setBlockOnNonDurableSend(true);
        factory.setCallTimeout(CALL_TIMEOUT);
        // A lost connection fails its callers at once. Listeners, drains and the shared factory each open another, so that a restart of the
        // broker is survived; the client's own reconnecting was seen to hold a commit for 90 s and then roll it back all the same.
        factory.setInitialConnectAttempts(1);
        factory.setReconnectAttempts(0);
        // Queues page to disk, so producers need no credits.
        factory.setProducerWindowSize(-1);
        factory.setCacheDestinations(true);
        factory.setDeserializationDenyList("*");
        return factory;
    }

    private static void await(String url, String user, String password, Duration patience) {
        String shown = Pools.withoutParameters(url);
        long end = System.nanoTime() + patience.toNanos();
        boolean told = false;
        while (true) {
            try (ActiveMQConnectionFactory probe = factory(url, user, password, 0); Connection connection = probe.createConnection()) {
                return;
            } catch (JMSException e) {
                if (System.nanoTime() - end > 0 || e instanceof JMSSecurityException) {
                    throw new StorageException("[BROKER_UNREACHABLE] " + shown + ": " + e.getMessage() + "; start the broker, or correct broker.url, user or password", e);
                }
                if (!told) {
                    LOG.warn("[BROKER_AWAY] {}: {}; trying again for {} s", shown, e.getMessage(), patience.toSeconds());
                    told = true;
                }
                pause(shown);
            }
        }
    }

    private static void pause(String url) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("[BROKER_UNREACHABLE] " + url + ": interrupted while waiting; start again", e);
        }
    }

    /** For everything that sends and for every lane: consumers and producers must share this object. One connection, pooled sessions and producers. */
    public ConnectionFactory connectionFactory() {
        return shared;
    }

    /** For {@link QueueDrain}s, which read in batches and so want messages at hand: the same broker with a prefetch window. */
    public ConnectionFactory drainFactory() {
        return drains;
    }

    /**
     * @return those of some queues that hold messages
     * @throws StorageException when the broker is away
     */
    public Set<String> holding(Set<String> names) {
        try (Connection connection = drains.createConnection(); Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            ClientSession core = ((ActiveMQSession) session).getCoreSession();
            var out = new HashSet<String>();
            for (String name : names) {
                ClientSession.QueueQuery state = core.queueQuery(SimpleString.of(name));
                if (state.isExists() && state.getMessageCount() > 0) {
                    out.add(name);
                }
            }
            return out;
        } catch (JMSException | ActiveMQException e) {
            throw new StorageException("[BROKER_UNAVAILABLE] queues: " + e.getMessage() + "; they are looked at again when it is back", e);
        }
    }

    @Override
    public void close() {
        shared.destroy();
        lanes.close();
        drains.close();
    }
}
