package dev.dromedary.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.outcome.SmtpReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that arrive, and how connections are kept for them. */
@Timeout(20)
class SmtpPoolClientIT {
    private static final EmailAddress FROM = EmailAddress.parse("sender@example.com");
    private static final EmailAddress TO = EmailAddress.parse("rcpt@example.net");
    private static final byte[] MIME = ascii("Subject: x\r\n\r\nhello\r\n");
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private SmtpPoolClient client(TestPools pool) {
        return new SmtpPoolClient(pool.pool(), scheduler, SmtpTimings.NONE);
    }

    @Test
    void aMessageArrivesByteForByteWithItsEnvelope() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite()); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            SmtpReply reply = client.send(FROM, TO, ascii("Subject: dots\r\n\r\n.\r\n..two\r\n.end"), 0);

            assertThat(reply).isEqualTo(new SmtpReply(250, "2.0.0", "250 2.0.0 Ok: queued as 1"));
            assertThat(server.commands).containsExactly(
                    "EHLO client.example", "MAIL FROM:<sender@example.com> SIZE=31", "RCPT TO:<rcpt@example.net>", "DATA");
            assertThat(server.messages.get(0)).isEqualTo(ascii("Subject: dots\r\n\r\n..\r\n...two\r\n..end\r\n.\r\n"));
        }
    }

    @Test
    void theNullSenderStaysEmpty() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite().offering()); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            client.send(null, TO, MIME, 0);

            assertThat(server.commands).contains("MAIL FROM:<>");
        }
    }

    @Test
    void eightBitContentIsDeclaredWhereTheServerOffersIt() throws Exception {
        byte[] eightBit = "Subject: x\r\n\r\ngr\u00fc\u00dfe\r\n".getBytes(StandardCharsets.UTF_8);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite().offering("8BITMIME"), ScriptedSmtpServer.polite().offering());
                SmtpPoolClient client = client(TestPools.at(server.port()).maxMessages(1))) {
            client.send(FROM, TO, eightBit, 0);
            client.send(FROM, TO, eightBit, 0);

            assertThat(server.commands.stream().filter(c -> c.startsWith("MAIL")))
                    .containsExactly("MAIL FROM:<sender@example.com> BODY=8BITMIME", "MAIL FROM:<sender@example.com>");
            assertThat(new String(server.messages.get(1), StandardCharsets.UTF_8)).contains("gr\u00fc\u00dfe");
        }
    }

    @Test
    void aUtf8AddressNeedsAServerThatOffersIt() throws Exception {
        EmailAddress utf8 = new EmailAddress("j\u00f6rg", "example.net");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite().offering("SMTPUTF8"), ScriptedSmtpServer.polite());
                SmtpPoolClient client = client(TestPools.at(server.port()).maxMessages(1))) {
            client.send(FROM, utf8, MIME, 0);

            assertThat(server.commands).contains("MAIL FROM:<sender@example.com> SMTPUTF8", "RCPT TO:<j\u00f6rg@example.net>");
            SmtpDeliveryException fault = catchThrowableOfType(SmtpDeliveryException.class, () -> client.send(FROM, utf8, MIME, 0));
            assertThat(fault.phase()).isEqualTo(SmtpPhase.MAIL);
            assertThat(fault.reply().code()).isEqualTo(553);
            assertThat(fault.reply().enhanced()).isEqualTo("5.6.7");
            assertThat(client.connections().idle()).isEqualTo(1);
        }
    }

    @Test
    void noAddressCanAddACommand() throws Exception {
        EmailAddress hostile = new EmailAddress("a@b>\r\nRCPT TO:<victim", "example.net");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite()); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            SmtpDeliveryException fault = catchThrowableOfType(SmtpDeliveryException.class, () -> client.send(FROM, hostile, MIME, 0));

            assertThat(fault.reply().code()).isEqualTo(553);
            assertThat(server.commands).containsExactly("EHLO client.example");
        }
    }

    @Test
    void aPipeliningServerGetsTheEnvelopeAtOnce() throws Exception {
        ScriptedSmtpServer.Step script = peer -> {
            peer.say("220 hi");
            peer.line();
            peer.say("250-hi", "250 PIPELINING");
            List<String> group = List.of(peer.line(), peer.line(), peer.line());
            peer.server().commands.addAll(group);
            peer.say("250 a", "250 b", "354 c");
            peer.server().messages.add(peer.data());
            peer.say("250 2.0.0 d");
            peer.stayMute();
        };
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(script); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            client.send(FROM, TO, MIME, 0);

            assertThat(server.commands).containsExactly("MAIL FROM:<sender@example.com>", "RCPT TO:<rcpt@example.net>", "DATA");
        }
    }

    @Test
    void aConnectionCarriesAsManyMessagesAsTheLowerLimitSays() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite()); SmtpPoolClient client = client(TestPools.at(server.port()).maxMessages(3))) {
            for (int i = 0; i < 6; i++) {
                client.send(FROM, TO, MIME, 0);
            }
            assertThat(server.connections()).isEqualTo(2);

            for (int i = 0; i < 4; i++) {
                client.send(FROM, TO, MIME, 1);
            }
            assertThat(server.connections()).isEqualTo(6);
            await().until(() -> server.commands.stream().filter("QUIT"::equals).count() == 6);
            assertThat(client.connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 6, 6));
        }
    }

    @Test
    void idleConnectionsAreClosedWithAQuit() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite());
                SmtpPoolClient client = client(TestPools.at(server.port()).maxIdle(Duration.ofMillis(120)))) {
            client.send(FROM, TO, MIME, 0);
            assertThat(client.connections().idle()).isEqualTo(1);

            await().until(() -> server.commands.contains("QUIT"));
            assertThat(client.connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 1, 1));
        }
    }

    @Test
    void aConnectionOverItsAgeIsNotKept() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite());
                SmtpPoolClient client = client(TestPools.at(server.port()).maxAge(Duration.ofNanos(1)))) {
            client.send(FROM, TO, MIME, 0);
            client.send(FROM, TO, MIME, 0);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void oneConversationMoreThanAllowedIsRefusedAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ScriptedSmtpServer.Step slow = ScriptedSmtpServer.polite().on("END", peer -> {
            await().until(() -> go.getCount() == 0);
            peer.say("250 2.0.0 Ok");
        });
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(slow); SmtpPoolClient client = client(TestPools.at(server.port()).maxConnections(1))) {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> sendUnchecked(client));
            await().until(() -> server.messages.size() == 1);
            assertThat(client.connections()).isEqualTo(new ConnectionCounts(1, 1, 0, 1, 0));

            SmtpDeliveryException fault = catchThrowableOfType(SmtpDeliveryException.class, () -> client.send(FROM, TO, MIME, 0));

            assertThat(fault.phase()).isEqualTo(SmtpPhase.CONNECT);
            assertThat(fault).hasMessageContaining("no free connection");
            go.countDown();
            first.join();
            assertThat(client.send(FROM, TO, MIME, 0).code()).isEqualTo(250);
        }
    }

    @Test
    void closingWaitsForConversationsInFlight() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ScriptedSmtpServer.Step slow = ScriptedSmtpServer.polite().on("END", peer -> {
            await().until(() -> go.getCount() == 0);
            peer.say("250 2.0.0 Ok");
        });
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(slow)) {
            SmtpPoolClient client = client(TestPools.at(server.port()));
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> sendUnchecked(client));
            await().until(() -> server.messages.size() == 1);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(client::close);
            await().until(() -> catchThrowableOfType(SmtpDeliveryException.class, () -> client.send(FROM, TO, MIME, 0)) != null);
            assertThat(closed).isNotDone();

            go.countDown();
            first.join();
            closed.join();
            await().until(() -> server.commands.contains("QUIT"));
            assertThat(client.connections().open()).isZero();
        }
    }

    @Test
    void manyThreadsShareFewConnectionsAndLoseNothing() throws Exception {
        AtomicInteger connects = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        SmtpTimings timings = new SmtpTimings() {
            @Override
            public void connected(long nanos) {
                connects.incrementAndGet();
            }

            @Override
            public void transaction(SmtpPhase reached, boolean taken, long nanos) {
                accepted.addAndGet(taken && nanos > 0 ? 1 : 0);
            }
        };
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite());
                SmtpPoolClient client = new SmtpPoolClient(TestPools.at(server.port()).maxConnections(8).maxMessages(1_000).pool(), scheduler, timings)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            var threads = Executors.newFixedThreadPool(8);
            IntStream.range(0, 400).forEach(i -> all.add(CompletableFuture.runAsync(() -> sendUnchecked(client), threads)));
            all.forEach(CompletableFuture::join);
            threads.shutdown();

            assertThat(server.messages).hasSize(400);
            assertThat(server.connections()).isLessThanOrEqualTo(8).isEqualTo(connects.get());
            assertThat(accepted).hasValue(400);
        }
    }

    @Test
    void sourceAddressesTakeTurns() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite());
                SmtpPoolClient client = client(TestPools.at(server.port()).sources("127.0.0.2", "127.0.0.3").maxMessages(1))) {
            for (int i = 0; i < 4; i++) {
                client.send(FROM, TO, MIME, 0);
            }
            assertThat(server.clients).extracting(address -> address.getHostAddress())
                    .isEqualTo(List.of("127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3"));
        }
    }

    private static void sendUnchecked(SmtpPoolClient client) {
        try {
            client.send(FROM, TO, MIME, 0);
        } catch (SmtpDeliveryException e) {
            throw new IllegalStateException(e);
        }
    }
}
