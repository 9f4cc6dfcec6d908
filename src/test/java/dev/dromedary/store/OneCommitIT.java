package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.MessageListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.listener.DefaultMessageListenerContainer;

/** A listener's acknowledgement and what it sends are one commit, as long as both use the one connection factory. */
class OneCommitIT {
    private final JmsTemplate template = new JmsTemplate(TestBroker.connectionFactory());

    @Test
    void sendsNothingWhenTheListenerFailsAfterSendingAndDeliversAgainAfterAPause() throws Exception {
        String lane = Queues.lane("one-commit");
        List<Long> deliveries = new CopyOnWriteArrayList<>();
        List<Long> depths = new CopyOnWriteArrayList<>();
        TestBroker.send(lane, session -> session.createTextMessage("mail"));
        DefaultMessageListenerContainer container = container(lane, message -> {
            deliveries.add(System.nanoTime());
            template.convertAndSend(Queues.lane("one-commit-out"), "event " + deliveries.size());
            depths.add(TestBroker.broker().queueDepth(Queues.lane("one-commit-out")));
            if (deliveries.size() == 1) {
                throw new IllegalStateException("after the send");
            }
        });
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> TestBroker.broker().queueDepth(Queues.lane("one-commit-out")) > 0 && TestBroker.broker().queueDepth(lane) == 0);
        } finally {
            container.shutdown();
        }
        assertThat(depths).as("nothing is visible before the listener's commit").containsOnly(0L);
        assertThat(TestBroker.take(Queues.lane("one-commit-out"))).singleElement().satisfies(sent -> assertThat(sent.getBody(String.class)).isEqualTo("event 2"));
        assertThat(Duration.ofNanos(deliveries.get(1) - deliveries.get(0))).isGreaterThan(Duration.ofMillis(4_500));
    }

    @Test
    void handsEachMessageToAFreeConsumerRatherThanToABusyOnesBuffer() throws Exception {
        String lane = Queues.lane("prefetch");
        for (int i = 0; i < 8; i++) {
            TestBroker.send(lane, session -> session.createTextMessage("mail"));
        }
        var busy = new CountDownLatch(4);
        var release = new CountDownLatch(1);
        DefaultMessageListenerContainer container = container(lane, message -> {
            busy.countDown();
            awaitLatch(release);
        });
        try {
            assertThat(busy.await(10, TimeUnit.SECONDS)).as("all four consumers have one of the eight").isTrue();
            QueueState state = TestBroker.broker().queues().stream().filter(queue -> queue.name().equals(lane)).findFirst().orElseThrow();
            assertThat(state.delivering()).isEqualTo(4);
        } finally {
            release.countDown();
            container.shutdown();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static DefaultMessageListenerContainer container(String queue, MessageListener listener) {
        var container = new DefaultMessageListenerContainer();
        container.setConnectionFactory(TestBroker.connectionFactory());
        container.setDestinationName(queue);
        container.setSessionTransacted(true);
        container.setCacheLevelName("CACHE_CONSUMER");
        container.setConcurrentConsumers(4);
        container.setMessageListener(listener);
        container.afterPropertiesSet();
        container.start();
        return container;
    }
}
