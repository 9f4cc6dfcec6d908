package dev.dromedary.store;

import dev.dromedary.config.DromedaryConfig;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.DiskFullMessagePolicy;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** How the embedded broker is set up, and why. */
final class BrokerSettings {
    private static final long MIB = 1024 * 1024;
    /** Milliseconds that a second process waits for the directory before it gives up. */
    private static final long LOCK_TIMEOUT = 2_000;
    private static final int DISK_SCAN_MILLIS = 2_000;
    /** Nanoseconds that a commit may wait for others to share its disk write. The default, 3.3 ms, would cap a lone producer at 300 a second. */
    private static final int JOURNAL_BUFFER_TIMEOUT = 200_000;
    private static final int JOURNAL_BUFFER_SIZE = (int) MIB;
    private static final int DUPLICATE_IDS = 200_000;
    private static final int PAGE_SIZE = (int) (2 * MIB);
    private static final int SUBMIT_ATTEMPTS = 10;
    private static final long REDELIVERY_DELAY = 5_000;
    private static final long MAX_REDELIVERY_DELAY = 300_000;
    private static final long MAX_DRAIN_REDELIVERY_DELAY = 30_000;

    private BrokerSettings() {
    }

    static Configuration of(DromedaryConfig.Broker config, Path directory, int serverId) {
        var settings = new ConfigurationImpl();
        settings.setName("dromedary-" + serverId);
        keepOnDisk(settings, directory);
        open(settings, config, serverId);
        bound(settings, config);
        addresses(settings);
        return settings;
    }

    private static void keepOnDisk(Configuration settings, Path directory) {
        settings.setPersistenceEnabled(true);
        settings.setBindingsDirectory(directory.resolve("bindings").toString());
        settings.setJournalDirectory(directory.resolve("journal").toString());
        settings.setPagingDirectory(directory.resolve("paging").toString());
        settings.setLargeMessagesDirectory(directory.resolve("large").toString());
        settings.setJournalLockAcquisitionTimeout(LOCK_TIMEOUT);
        // NIO: asynchronous I/O needs libaio on the machine and O_DIRECT from its file system, and fails late where one is missing.
        settings.setJournalType(JournalType.NIO);
        settings.setJournalDatasync(true).setJournalSyncTransactional(true).setJournalSyncNonTransactional(true);
        settings.setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT).setJournalBufferSize_NIO(JOURNAL_BUFFER_SIZE);
        settings.setJournalFileSize((int) (10 * MIB)).setJournalMinFiles(4).setJournalPoolFiles(20).setPageSyncTimeout(JOURNAL_BUFFER_TIMEOUT);
        settings.setJournalCompactMinFiles(20).setJournalCompactPercentage(30);
        settings.setIDCacheSize(DUPLICATE_IDS).setPersistIDCache(true);
    }

    private static void open(Configuration settings, DromedaryConfig.Broker config, int serverId) {
        settings.setSecurityEnabled(true);
        // The default user for clusters has a well-known password and passes every check.
        settings.setClusterUser("cluster-" + PrivateFiles.random()).setClusterPassword(PrivateFiles.random());
        settings.setJMXManagementEnabled(false).setMessageCounterEnabled(false);
        settings.addAcceptorConfiguration(new TransportConfiguration(InVMAcceptorFactory.class.getName(), Map.of("serverId", serverId), "in-vm"));
        acceptor(settings, config.core(), "CORE");
        acceptor(settings, config.amqp(), "AMQP");
    }

    private static void acceptor(Configuration settings, DromedaryConfig.Acceptor acceptor, String protocol) {
        if (acceptor.enabled()) {
            settings.addAcceptorConfiguration(new TransportConfiguration(NettyAcceptorFactory.class.getName(),
                    Map.of("host", acceptor.bind(), "port", acceptor.port(), "protocols", protocol), protocol));
        }
    }

    private static void bound(Configuration settings, DromedaryConfig.Broker config) {
        // A quarter of the heap for messages; what is more is paged to disk.
        settings.setGlobalMaxSize(Math.max(32 * MIB, Runtime.getRuntime().maxMemory() / 4));
        settings.setMaxDiskUsage(config.maxDiskUsage()).setDiskScanPeriod(DISK_SCAN_MILLIS);
        settings.setThreadPoolMaxSize(Math.max(8, 4 * Runtime.getRuntime().availableProcessors())).setScheduledThreadPoolMaxSize(4);
        // Halting would take the whole JVM, with deliveries under way, for one slow disk; a thread dump in the log says as much.
        settings.setCriticalAnalyzer(true).setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG);
    }

    private static void addresses(Configuration settings) {
        settings.addAddressSetting("#", new AddressSettings()
                .setAutoCreateQueues(false).setAutoCreateAddresses(false).setAutoDeleteQueues(false).setAutoDeleteAddresses(false)
                .setDeadLetterAddress(SimpleString.of(Queues.UNREADABLE)).setExpiryAddress(SimpleString.of(Queues.UNREADABLE)));
        settings.addAddressSetting("mail.#", mail(settings.getGlobalMaxSize()));
        settings.addAddressSetting(Queues.SUBMIT, new AddressSettings().setMaxDeliveryAttempts(SUBMIT_ATTEMPTS));
        for (String drained : new String[] {Queues.EVENT, Queues.DEFERRED, Queues.DEAD, Queues.SUPPRESSION}) {
            settings.addAddressSetting(drained, new AddressSettings().setMaxRedeliveryDelay(MAX_DRAIN_REDELIVERY_DELAY));
        }
        for (String queue : Queues.FIXED) {
            settings.addQueueConfiguration(QueueConfiguration.of(queue).setAddress(queue).setRoutingType(RoutingType.ANYCAST).setDurable(true));
        }
    }

    private static AddressSettings mail(long globalMaxSize) {
        return new AddressSettings()
                .setAutoCreateQueues(true).setAutoCreateAddresses(true).setAutoDeleteQueues(false).setAutoDeleteAddresses(false)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST).setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDeadLetterAddress(SimpleString.of(Queues.UNREADABLE))
                // A rolled back message is never dropped, only delivered later and later.
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(REDELIVERY_DELAY).setRedeliveryMultiplier(2).setMaxRedeliveryDelay(MAX_REDELIVERY_DELAY)
                // An expiration set by a producer would let mail vanish without an event.
                .setNoExpiry(true)
                // One lane may fill a quarter of what all may: the backlog of one provider goes to disk and leaves the others in memory.
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE).setMaxSizeBytes(globalMaxSize / 4)
                // What is under way counts as read from the page: with the usual two pages, 800 conversations over 5 KB were the most.
                .setPageSizeBytes(PAGE_SIZE).setMaxReadPageBytes((int) Math.min(globalMaxSize / 4, Integer.MAX_VALUE)).setPrefetchPageBytes(PAGE_SIZE)
                // An error at once, that a caller can be told of, rather than a stall with no word.
                .setDiskFullMessagePolicy(DiskFullMessagePolicy.FAIL);
    }
}
