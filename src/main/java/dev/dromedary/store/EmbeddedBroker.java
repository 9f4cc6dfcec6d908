package dev.dromedary.store;

import dev.dromedary.config.DromedaryConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.postoffice.impl.LocalQueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQLockAcquisitionTimeoutException;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The message broker in this process, with its journal under {@code data/broker}. Every commit is on disk before it returns. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final AtomicInteger NEXT_SERVER_ID = new AtomicInteger(1);
    private static final long DISK_WATCH_MILLIS = 1_000;
    private final ActiveMQServer server;
    private final BrokerSecurity security;
    private final int serverId;
    private final AtomicReference<@Nullable String> fault;

    private EmbeddedBroker(ActiveMQServer server, BrokerSecurity security, int serverId, AtomicReference<@Nullable String> fault) {
        this.server = server;
        this.security = security;
        this.serverId = serverId;
        this.fault = fault;
    }

    /** @throws StorageException when the directory is in use or cannot be used, or an acceptor's port is taken */
    public static EmbeddedBroker start(DromedaryConfig.Broker config, Path data) {
        Path directory = data.toAbsolutePath().normalize().resolve("broker");
        int serverId = NEXT_SERVER_ID.getAndIncrement();
        var security = new BrokerSecurity(config);
        Configuration settings = BrokerSettings.of(config, directory, serverId);
        ActiveMQServer server = new ActiveMQServerImpl(settings, null, security);
        var fault = new AtomicReference<@Nullable String>();
        var activation = new AtomicReference<@Nullable Exception>();
        server.registerActivationFailureListener(activation::set);
        server.registerIOCriticalErrorListener((cause, message, file) -> {
            fault.compareAndSet(null, message + ": " + cause);
            LOG.error("[BROKER_IO] {}: {}; the broker stops: correct the disk and start again", directory, message, cause);
        });
        try {
            PrivateFiles.directory(directory);
            server.start();
            requireActive(server, directory, activation.get());
            checkLimits(server, settings);
            var watch = new DiskWatch(() -> server.getPagingManager().isDiskFull(), directory, config.maxDiskUsage());
            server.getScheduledPool().scheduleWithFixedDelay(watch, DISK_WATCH_MILLIS, DISK_WATCH_MILLIS, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            stopQuietly(server);
            if (e instanceof StorageException known) {
                throw known;
            }
            throw new StorageException("[BROKER_START] " + directory + ": " + e.getMessage() + "; correct it and start again, or set broker.mode to external", e);
        }
        return new EmbeddedBroker(server, security, serverId, fault);
    }

    private static void requireActive(ActiveMQServer server, Path directory, @Nullable Exception cause) throws IOException {
        if (server.isActive() && cause == null) {
            return;
        }
        for (Throwable known = cause; known != null; known = known.getCause()) {
            if (known instanceof ActiveMQLockAcquisitionTimeoutException) {
                throw new StorageException("[DATA_DIRECTORY_IN_USE] " + directory
                        + ": held by another running Dromedary; stop that one, or give this one a data directory of its own", cause);
            }
        }
        throw new IOException(cause == null ? "the broker did not become active" : cause.getMessage(), cause);
    }

    /** A dead-letter address without a queue, or a redelivery without a pause, loses mail or burns the machine: better not to start. */
    private static void checkLimits(ActiveMQServer server, Configuration settings) throws IOException {
        for (String queue : List.of(Queues.SUBMIT, Queues.EVENT, Queues.lane("other"))) {
            AddressSettings effective = server.getAddressSettingsRepository().getMatch(queue);
            if (server.locateQueue(effective.getDeadLetterAddress()) == null || effective.getRedeliveryDelay() <= 0) {
                throw new IOException("the settings of " + queue + " lack a bound dead-letter address or a redelivery delay in " + settings.getName());
            }
        }
    }

    /** Where in this process the broker listens, such as {@code vm://1}. */
    String url() {
        return "vm://" + serverId;
    }

    String user() {
        return security.ownUser();
    }

    String password() {
        return security.ownPassword();
    }

    /** For tests of the settings. */
    ActiveMQServer server() {
        return server;
    }

    /** What made the broker stop by itself, or empty while it runs. */
    public Optional<String> fault() {
        String known = fault.get();
        if (known != null) {
            return Optional.of(known);
        }
        return server.isActive() ? Optional.empty() : Optional.of("stopped");
    }

    /** True while the broker refuses every message because the disk is full: nothing should be sent, as its outcome could not be recorded. */
    public boolean diskFull() {
        return server.isActive() && server.getPagingManager().isDiskFull();
    }

    /** Messages in a queue, 0 where it does not exist. */
    public long queueDepth(String name) {
        Queue queue = server.locateQueue(name);
        return queue == null ? 0 : queue.getMessageCount();
    }

    /** @return those of some queues that hold messages */
    public Set<String> holding(Set<String> names) {
        return names.stream().filter(name -> queueDepth(name) > 0).collect(Collectors.toSet());
    }

    /** All queues, by name. */
    public List<QueueState> queues() {
        return server.getPostOffice().getAllBindings().filter(LocalQueueBinding.class::isInstance).map(binding -> ((LocalQueueBinding) binding).getQueue())
                .filter(queue -> !queue.isInternalQueue())
                .map(queue -> new QueueState(queue.getName().toString(), queue.getMessageCount(), queue.getDeliveringCount(), queue.getScheduledCount(), queue.getConsumerCount()))
                .sorted(Comparator.comparing(QueueState::name)).toList();
    }

    /** Stops it in order; consumers and producers must have been stopped before. */
    @Override
    public void close() {
        stopQuietly(server);
    }

    private static void stopQuietly(ActiveMQServer server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("[BROKER_STOP] {}: {}; the journal is recovered on the next start", server.getConfiguration().getName(), e.getMessage());
        }
    }
}
