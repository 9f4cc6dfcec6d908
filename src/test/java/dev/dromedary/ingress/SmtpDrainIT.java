package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmtpDrainIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static CompletableFuture<Boolean> drain(SmtpIngress ingress, Duration patience) {
        return CompletableFuture.supplyAsync(() -> ingress.drain(patience));
    }

    private static void awaitNoListener(int port) {
        await().atMost(LONG).untilAsserted(() -> assertThatThrownBy(() -> new SmtpTestClient(port).close()).isInstanceOf(IOException.class));
    }

    @Test
    void an_idle_client_is_told_and_sent_away() throws Exception {
        var ingress = SmtpTestListener.plain().start(new SmtpTestIntake());
        try (var client = SmtpTestClient.greeted(ingress.port())) {
            assertThat(ingress.drain(LONG)).isTrue();
            assertThat(client.reply()).startsWith("421 4.3.2 ");
            assertThat(client.reply()).isEqualTo("closed");
        }
        assertThat(ingress.connections()).isZero();
    }

    @Test
    void a_transaction_under_way_ends_first_and_no_new_one_begins() throws Exception {
        var intake = new SmtpTestIntake();
        var ingress = SmtpTestListener.plain().start(intake);
        int port = ingress.port();
        try (var client = SmtpTestClient.greeted(port)) {
            client.ask("MAIL FROM:<a@b.test>");
            var drained = drain(ingress, LONG);
            awaitNoListener(port);
            assertThat(client.ask("RCPT TO:<c@d.test>")).startsWith("250 ");
            assertThat(client.ask("DATA")).startsWith("354 ");
            client.send("x\r\n.\r\nMAIL FROM:<a@b.test>\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok: queued as ");
            assertThat(client.reply()).startsWith("421 4.3.2 ");
            assertThat(client.reply()).isEqualTo("closed");
            assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(intake.accepted).hasSize(1);
    }

    @Test
    void a_message_at_the_intake_is_waited_for_and_answered() throws Exception {
        var reached = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var ingress = SmtpTestListener.plain().start(submission -> {
            reached.countDown();
            try {
                go.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "slow-1";
        });
        int port = ingress.port();
        try (var client = SmtpTestClient.greeted(port)) {
            client.send("MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n");
            client.reply();
            client.reply();
            client.reply();
            client.send("x\r\n.\r\n");
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
            var drained = drain(ingress, LONG);
            awaitNoListener(port);
            assertThat(drained).isNotDone();
            go.countDown();
            assertThat(client.reply()).isEqualTo("250 2.0.0 Ok: queued as slow-1");
            assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void who_does_not_finish_in_time_is_cut_off() throws Exception {
        var ingress = SmtpTestListener.plain().start(new SmtpTestIntake());
        try (var client = SmtpTestClient.greeted(ingress.port())) {
            client.ask("MAIL FROM:<a@b.test>");
            assertThat(ingress.drain(Duration.ofMillis(100))).isFalse();
            await().atMost(LONG).until(() -> ingress.connections() == 0);
        }
    }
}
