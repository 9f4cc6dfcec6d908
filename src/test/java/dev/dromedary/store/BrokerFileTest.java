package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;

/** ops/artemis/broker.xml, read and validated by Artemis itself, against the embedded broker. */
class BrokerFileTest {
    private final Configuration file = read();
    private final Configuration embedded = BrokerSettings.of(TestBroker.config(), Path.of("data/broker"), 1);

    private static Configuration read() {
        FileConfiguration configuration = new FileConfiguration();
        FileDeploymentManager manager = new FileDeploymentManager(Path.of("ops/artemis/broker.xml").toUri().toString());
        manager.addDeployable(configuration);
        try {
            manager.readConfiguration();
        } catch (Exception e) {
            throw new AssertionError("ops/artemis/broker.xml", e);
        }
        return configuration;
    }

    private void same(Function<Configuration, Object> setting) {
        assertThat(setting.apply(file)).isEqualTo(setting.apply(embedded));
    }

    @Test
    void whatIsAcknowledgedIsOnDisk() {
        same(Configuration::isPersistenceEnabled);
        same(Configuration::getJournalType);
        same(Configuration::isJournalDatasync);
        same(Configuration::isJournalSyncTransactional);
        same(Configuration::isJournalSyncNonTransactional);
        same(Configuration::getJournalBufferTimeout_NIO);
        same(Configuration::getJournalBufferSize_NIO);
        same(Configuration::getJournalFileSize);
        same(Configuration::getJournalMinFiles);
        same(Configuration::getJournalPoolFiles);
        same(Configuration::getJournalCompactMinFiles);
        same(Configuration::getJournalCompactPercentage);
        same(Configuration::getPageSyncTimeout);
    }

    @Test
    void aRetryHandedOverTwiceIsSentOnce() {
        same(Configuration::getIDCacheSize);
        same(Configuration::isPersistIDCache);
    }

    @Test
    void itIsBoundAsTheEmbeddedOne() {
        same(Configuration::isSecurityEnabled);
        same(Configuration::isCriticalAnalyzer);
        same(Configuration::getCriticalAnalyzerPolicy);
        same(Configuration::getDiskScanPeriod);
        assertThat(file.getMaxDiskUsage()).isEqualTo(90);
    }

    @Test
    void everyAddressBehavesAsInTheEmbeddedOne() {
        Map<String, AddressSettings> expected = embedded.getAddressSettings();

        assertThat(file.getAddressSettings()).containsOnlyKeys(expected.keySet());
        expected.forEach((match, settings) -> {
            AddressSettings own = file.getAddressSettings().get(match);
            if (match.equals("mail.#")) {
                // One address may fill a quarter of what all may; the heap sets how much that is.
                assertThat(own.getMaxSizeBytes()).isEqualTo(file.getGlobalMaxSize() / 4);
                assertThat(own.getMaxReadPageBytes()).isEqualTo((int) (file.getGlobalMaxSize() / 4));
                own.setMaxSizeBytes(settings.getMaxSizeBytes()).setMaxReadPageBytes(settings.getMaxReadPageBytes());
            }
            assertThat(own).as(match).isEqualTo(settings);
        });
    }

    @Test
    void theDeadLetterQueueAndTheOthersAreBoundFromTheStart() {
        assertThat(file.getAddressConfigurations()).flatExtracting(address -> address.getQueueConfigs()).extracting(QueueConfiguration::getName)
                .extracting(Objects::toString).containsExactlyInAnyOrderElementsOf(Queues.FIXED);
        assertThat(file.getAddressConfigurations()).flatExtracting(address -> address.getQueueConfigs())
                .allSatisfy(queue -> assertThat(queue.getRoutingType()).isEqualTo(org.apache.activemq.artemis.api.core.RoutingType.ANYCAST));
    }

    @Test
    void itListensForArtemisClientsOnThePortOfTheCompose() {
        assertThat(file.getAcceptorConfigurations()).hasSize(1).allSatisfy(acceptor -> {
            assertThat(acceptor.getParams()).containsEntry("port", "61616").containsEntry("host", "0.0.0.0");
            assertThat(acceptor.getExtraParams().getOrDefault("protocols", acceptor.getParams().get("protocols"))).isEqualTo("CORE");
        });
    }

    @Test
    void dromedaryMayDoNoMoreToMailQueuesThanItNeeds() {
        Set<Role> roles = file.getSecurityRoles().get("mail.#");

        assertThat(roles).hasSize(1).allSatisfy(role -> {
            assertThat(role.isSend() && role.isConsume() && role.isBrowse() && role.isCreateDurableQueue() && role.isCreateAddress()).isTrue();
            assertThat(role.isDeleteDurableQueue() || role.isDeleteAddress() || role.isManage()).isFalse();
        });
    }
}
