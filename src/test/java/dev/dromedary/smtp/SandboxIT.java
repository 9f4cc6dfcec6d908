package dev.dromedary.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.ingress.SmtpTestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxIT {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration SLOWNESS = Duration.ofMillis(300);
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = new Sandbox(new DromedaryConfig.Sandbox(true, 0, 2), InstantSource.fixed(NOW), SLOWNESS);
        sandbox.start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"tempfail@x.test,451 4.2.1", "TempFail-7@x.test,451 4.2.1", "bounce@x.test,550 5.1.1", "unknown+a@x.test,550 5.1.1", "full@x.test,452 4.2.2",
            "someone@x.test,250 2.1.5", "afull@x.test,250 2.1.5", "slow@x.test,250 2.1.5", "drop@x.test,250 2.1.5"})
    void the_local_part_chooses_the_reply_to_rcpt(String recipient, String reply) throws Exception {
        try (var client = SmtpTestClient.greeted(sandbox.port())) {
            client.ask("MAIL FROM:<a@b.test>");
            assertThat(client.ask("RCPT TO:<" + recipient + ">")).startsWith(reply + " ");
            assertThat(client.ask("NOOP")).startsWith("250 ");
        }
        assertThat(sandbox.refused()).isEqualTo(reply.startsWith("250") ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"block@x.test,421 4.7.28 ,blocked", "ratelimit9@x.test,421 4.7.0 ,try again in 60 seconds"})
    void a_block_and_a_rate_limit_close_the_connection(String recipient, String reply, String text) throws Exception {
        try (var client = SmtpTestClient.greeted(sandbox.port())) {
            client.ask("MAIL FROM:<a@b.test>");
            assertThat(client.ask("RCPT TO:<" + recipient + ">")).startsWith(reply).contains(text);
            assertThat(client.reply()).isEqualTo("closed");
        }
    }

    @Test
    void the_last_messages_are_kept_with_their_envelopes() throws Exception {
        try (var client = SmtpTestClient.greeted(sandbox.port())) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.submit("a" + i + "@b.test", "someone@x.test", "Subject: " + i)).isEqualTo("250 2.0.0 Ok: kept as " + i);
            }
        }
        assertThat(sandbox.accepted()).isEqualTo(3);
        assertThat(sandbox.messages()).extracting(SandboxMessage::number).containsExactly(2L, 3L);
        var last = sandbox.messages().get(1);
        assertThat(last.from()).isEqualTo("a3@b.test");
        assertThat(last.to()).containsExactly("someone@x.test");
        assertThat(last.receivedAt()).isEqualTo(NOW);
        assertThat(last.size()).isEqualTo(12);
        assertThat(new String(last.content(), StandardCharsets.US_ASCII)).isEqualTo("Subject: 3\r\n");
    }

    @Test
    void of_a_large_message_the_beginning_and_the_size_are_kept() throws Exception {
        try (var client = SmtpTestClient.greeted(sandbox.port())) {
            client.submit("", "someone@x.test", "x".repeat(200_000));
        }
        var only = sandbox.messages().get(0);
        assertThat(only.size()).isEqualTo(200_002);
        assertThat(only.content()).hasSize(Sandbox.KEPT_OCTETS);
        assertThat(only.from()).isNull();
    }

    @Test
    void slow_waits_before_the_final_reply() throws Exception {
        try (var client = SmtpTestClient.greeted(sandbox.port())) {
            long start = System.nanoTime();
            assertThat(client.submit("a@b.test", "slow@x.test", "x")).startsWith("250 ");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SLOWNESS);
        }
        assertThat(sandbox.accepted()).isEqualTo(1);
    }

    @Test
    void drop_closes_after_the_dot_without_a_word() throws Exception {
        try (var client = SmtpTestClient.greeted(sandbox.port())) {
            assertThat(client.submit("a@b.test", "drop@x.test", "x")).isEqualTo("closed");
        }
        assertThat(sandbox.accepted()).isZero();
    }

    @Test
    void a_stopping_sandbox_keeps_no_slow_conversation_waiting() throws Exception {
        var patient = new Sandbox(new DromedaryConfig.Sandbox(true, 0, 1), InstantSource.fixed(NOW), Duration.ofHours(1));
        patient.start();
        try (var client = SmtpTestClient.greeted(patient.port())) {
            client.ask("MAIL FROM:<a@b.test>");
            client.ask("RCPT TO:<slow@x.test>");
            client.ask("DATA");
            client.send("x\r\n.\r\n");
            patient.close();
            assertThat(client.reply()).satisfiesAnyOf(r -> assertThat(r).startsWith("250 "), r -> assertThat(r).isEqualTo("closed"));
        }
        assertThat(patient.connections()).isZero();
    }
}
