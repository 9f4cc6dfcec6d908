package dev.dromedary.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.smtp.ScriptedSmtpServer.Polite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a server can go wrong, over a raw socket. */
@Timeout(20)
class SmtpFaultsIT {
    private static final EmailAddress FROM = EmailAddress.parse("sender@example.com");
    private static final EmailAddress TO = EmailAddress.parse("rcpt@example.net");
    private static final byte[] MIME = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private static Polite polite() {
        return ScriptedSmtpServer.polite();
    }

    private static Polite pipelining() {
        return polite().offering("PIPELINING", "8BITMIME");
    }

    private SmtpPoolClient client(TestPools pool) {
        return new SmtpPoolClient(pool.pool(), scheduler, SmtpTimings.NONE);
    }

    private static SmtpDeliveryException faultOf(SmtpPoolClient client) {
        SmtpDeliveryException fault = catchThrowableOfType(SmtpDeliveryException.class, () -> client.send(FROM, TO, MIME, 0));
        assertThat(fault).isNotNull();
        return fault;
    }

    private SmtpDeliveryException faultFrom(ScriptedSmtpServer.Step script) throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(script); SmtpPoolClient client = client(TestPools.at(server.port()).impatient())) {
            SmtpDeliveryException fault = faultOf(client);
            assertThat(client.connections().inUse()).isZero();
            return fault;
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of("GREETING 421 4.7.0", "GREETING 554 5.7.1", "EHLO 421 4.3.2", "MAIL 451 4.3.0", "MAIL 550 5.7.1", "MAIL 421 4.7.28", "RCPT 450 4.2.1",
                        "RCPT 550 5.1.1", "RCPT 421 4.7.28", "RCPT 503 5.5.1", "DATA 451 4.3.0", "DATA 554 5.5.1", "DATA 421 4.3.0", "END 452 4.3.1", "END 552 5.3.4",
                        "END 554 5.7.1", "END 421 4.7.0")
                .flatMap(line -> Stream.of(false, true).map(pipelining -> {
                    String[] parts = line.split(" ");
                    return arguments(pipelining, parts[0], Integer.parseInt(parts[1]), parts[2]);
                }));
    }

    @ParameterizedTest(name = "pipelining {0}: {1} {2}")
    @MethodSource("refusals")
    void aRefusalCarriesItsPhaseAndReply(boolean pipelining, String verb, int code, String enhanced) throws IOException {
        SmtpDeliveryException fault = faultFrom((pipelining ? pipelining() : polite()).on(verb, code + " " + enhanced + " no thanks"));

        assertThat(fault.phase()).isEqualTo(verb.equals("END") ? SmtpPhase.END_OF_DATA : SmtpPhase.valueOf(verb));
        assertThat(fault.reply()).isNotNull();
        assertThat(fault.reply().code()).isEqualTo(code);
        assertThat(fault.reply().enhanced()).isEqualTo(enhanced);
        assertThat(fault.reply().text()).isEqualTo(code + " " + enhanced + " no thanks");
        assertThat(fault.inDoubt()).isFalse();
        assertThat(fault.pool()).isEqualTo("test");
    }

    @ParameterizedTest(name = "pipelining {0}: {1}")
    @CsvSource({"false,MAIL", "false,RCPT", "false,DATA", "false,END", "true,MAIL", "true,RCPT", "true,DATA", "true,END"})
    void aRefusalKeepsTheConnectionForTheNextMessage(boolean pipelining, String verb) throws IOException, SmtpDeliveryException {
        int[] seen = {0};
        Polite script = pipelining ? pipelining() : polite();
        String good = verb.equals("DATA") ? "354 go" : "250 2.0.0 fine";
        script.on(verb, peer -> peer.say(seen[0]++ == 0 ? "550 5.0.0 no" : good));
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(script); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            faultOf(client);

            assertThat(client.send(FROM, TO, MIME, 0).code()).isEqualTo(250);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.commands.contains("RSET")).isEqualTo(!verb.equals("END"));
            assertThat(server.messages).last().isEqualTo("Subject: x\r\n\r\nhello\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", "END"})
    void a421ClosesTheConnection(String verb) throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(polite().on(verb, "421 4.3.2 closing"), polite());
                SmtpPoolClient client = client(TestPools.at(server.port()))) {
            faultOf(client);

            assertThat(client.connections()).isEqualTo(new ConnectionCounts(0, 0, 0, 1, 1));
        }
    }

    static Stream<Arguments> silences() {
        return Stream.of("GREETING", "EHLO", "MAIL", "RCPT", "DATA", "END").flatMap(verb -> Stream.of(
                arguments(verb, "hangs up", (ScriptedSmtpServer.Step) ScriptedSmtpServer.Peer::hangUp),
                arguments(verb, "resets", (ScriptedSmtpServer.Step) ScriptedSmtpServer.Peer::reset),
                arguments(verb, "says nothing", (ScriptedSmtpServer.Step) ScriptedSmtpServer.Peer::stayMute),
                arguments(verb, "drips", (ScriptedSmtpServer.Step) peer -> peer.drip("2")),
                arguments(verb, "talks nonsense", (ScriptedSmtpServer.Step) peer -> peer.say("HTTP/1.1 400 Bad Request")),
                arguments(verb, "says a number only", (ScriptedSmtpServer.Step) peer -> peer.say("25")),
                arguments(verb, "says 777", (ScriptedSmtpServer.Step) peer -> peer.say("777 jackpot")),
                arguments(verb, "never ends a reply", (ScriptedSmtpServer.Step) SmtpFaultsIT::endless),
                arguments(verb, "never ends a line", (ScriptedSmtpServer.Step) SmtpFaultsIT::endlessLine),
                arguments(verb, "stops within a reply", (ScriptedSmtpServer.Step) peer -> {
                    peer.say("250-first line");
                    peer.hangUp();
                })));
    }

    private static void endless(ScriptedSmtpServer.Peer peer) throws IOException {
        while (true) {
            peer.say("250-and another thing");
        }
    }

    private static void endlessLine(ScriptedSmtpServer.Peer peer) throws IOException {
        while (true) {
            peer.raw("250 and another thing ".repeat(50));
        }
    }

    @ParameterizedTest(name = "at {0} the server {1}")
    @MethodSource("silences")
    void noReplyIsInDoubtAfterTheEndOfDataAndOnlyThen(String verb, String what, ScriptedSmtpServer.Step step) throws IOException {
        SmtpDeliveryException fault = faultFrom(polite().on(verb, step));

        SmtpPhase phase = verb.equals("END") ? SmtpPhase.END_OF_DATA : SmtpPhase.valueOf(verb);
        // A reset in place of the greeting may be seen as soon as the connection is there.
        assertThat(fault.phase()).isIn(phase, phase == SmtpPhase.GREETING && what.equals("resets") ? SmtpPhase.CONNECT : phase);
        assertThat(fault.reply()).isNull();
        assertThat(fault.inDoubt()).isEqualTo(verb.equals("END"));
    }

    @Test
    void a354AfterTheEndOfDataIsInDoubt() throws IOException {
        SmtpDeliveryException fault = faultFrom(polite().on("END", "354 more?"));

        assertThat(fault.inDoubt()).isTrue();
    }

    @Test
    void a250AfterTheEndOfDataIsDeliveredThoughTheServerThenCloses() throws IOException, SmtpDeliveryException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(polite().on("END", peer -> {
            peer.say("250 2.0.0 queued");
            peer.hangUp();
        })); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            assertThat(client.send(FROM, TO, MIME, 0).enhanced()).isEqualTo("2.0.0");
            assertThat(client.send(FROM, TO, MIME, 0).enhanced()).isEqualTo("2.0.0");
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.messages).hasSize(2);
        }
    }

    @Test
    void another2xxAfterTheEndOfDataIsDelivered() throws IOException, SmtpDeliveryException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(polite().on("END", "251 fine")); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            assertThat(client.send(FROM, TO, MIME, 0).code()).isEqualTo(251);
        }
    }

    static Stream<Arguments> deaths() {
        return Stream.of(false, true).flatMap(pipelining -> Stream.of(
                arguments(pipelining, "hangs up", (ScriptedSmtpServer.Step) ScriptedSmtpServer.Peer::hangUp),
                arguments(pipelining, "resets", (ScriptedSmtpServer.Step) ScriptedSmtpServer.Peer::reset),
                arguments(pipelining, "says 421", (ScriptedSmtpServer.Step) peer -> peer.say("421 4.4.2 timeout"))));
    }

    @ParameterizedTest(name = "pipelining {0}: {1}")
    @MethodSource("deaths")
    void aReusedConnectionThatIsDeadAtMailIsReplacedOnce(boolean pipelining, String what, ScriptedSmtpServer.Step death) throws IOException, SmtpDeliveryException {
        int[] mails = {0};
        Polite dying = pipelining ? pipelining() : polite();
        dying.on("MAIL", peer -> {
            if (mails[0]++ == 0) {
                peer.say("250 2.1.0 Ok");
            } else {
                death.take(peer);
            }
        });
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(dying, polite()); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            client.send(FROM, TO, MIME, 0);

            assertThat(client.send(FROM, TO, MIME, 0).code()).isEqualTo(250);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.messages).hasSize(2);
            assertThat(client.connections()).isEqualTo(new ConnectionCounts(1, 0, 1, 2, 1));
        }
    }

    @Test
    void aFreshConnectionThatIsDeadAtMailIsAFault() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(polite().on("MAIL", ScriptedSmtpServer.Peer::hangUp), polite());
                SmtpPoolClient client = client(TestPools.at(server.port()))) {
            assertThat(faultOf(client).phase()).isEqualTo(SmtpPhase.MAIL);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aReusedConnectionThatDiesAfterTheEndOfDataIsNeverRetried() throws IOException, SmtpDeliveryException {
        int[] ends = {0};
        Polite dying = polite().on("END", peer -> {
            if (ends[0]++ == 0) {
                peer.say("250 2.0.0 Ok");
            } else {
                peer.hangUp();
            }
        });
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(dying, polite()); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            client.send(FROM, TO, MIME, 0);

            assertThat(faultOf(client).inDoubt()).isTrue();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void theLinesOfAReplyAreJoined() throws IOException {
        SmtpDeliveryException fault = faultFrom(polite().on("RCPT", "550-5.7.1 Our system has detected", "550-5.7.1 that this message is", "550 5.7.1 unwanted. x1-2 - gsmtp"));

        assertThat(fault.reply().text()).isEqualTo("550 5.7.1 Our system has detected that this message is unwanted. x1-2 - gsmtp");
        assertThat(fault.reply().enhanced()).isEqualTo("5.7.1");
    }

    @Test
    void aServerThatWantsDataForARefusedRecipientGetsNone() throws IOException, SmtpDeliveryException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(pipelining().on("RCPT", "550 5.1.1 nobody").on("END", "554 5.5.1 no recipients"));
                SmtpPoolClient client = client(TestPools.at(server.port()))) {
            SmtpDeliveryException fault = faultOf(client);

            assertThat(fault.phase()).isEqualTo(SmtpPhase.RCPT);
            assertThat(server.messages).hasSize(1).first().isEqualTo(".\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.connections().idle()).isEqualTo(1);
        }
    }

    @Test
    void aHungWriteIsEndedByTheWriteTimeout() throws IOException {
        ScriptedSmtpServer.Step deaf = polite().on("DATA", peer -> {
            peer.say("354 go on");
            peer.stayMute();
        });
        byte[] big = "0123456789abcdef\r\n".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(deaf); SmtpPoolClient client = client(TestPools.at(server.port()).impatient())) {
            SmtpDeliveryException fault = catchThrowableOfType(SmtpDeliveryException.class, () -> client.send(FROM, TO, big, 0));

            assertThat(fault.phase()).isEqualTo(SmtpPhase.DATA);
            assertThat(fault.inDoubt()).isFalse();
        }
    }

    @ParameterizedTest(name = "{0} bytes: {1}, in doubt {2}")
    @CsvSource({"20, END_OF_DATA, true", "40000000, DATA, false"})
    void aServerThatGoesAfter354IsInDoubtOnlyIfTheEndWasOnItsWay(int size, SmtpPhase phase, boolean inDoubt) throws IOException {
        ScriptedSmtpServer.Step going = polite().on("DATA", peer -> {
            peer.say("354 go on");
            peer.reset();
        });
        byte[] mime = "0123456789abcdef\r\n".repeat(size / 18 + 1).getBytes(StandardCharsets.US_ASCII);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(going); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            SmtpDeliveryException fault = catchThrowableOfType(SmtpDeliveryException.class, () -> client.send(FROM, TO, mime, 0));

            // The reset may overtake the 354.
            assertThat(fault.phase()).isIn(phase, SmtpPhase.DATA);
            assertThat(fault.inDoubt()).isEqualTo(fault.phase() == SmtpPhase.END_OF_DATA && inDoubt);
        }
    }

    @Test
    void nobodyListeningIsAConnectFault() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        try (SmtpPoolClient client = client(TestPools.at(port))) {
            SmtpDeliveryException fault = faultOf(client);

            assertThat(fault.phase()).isEqualTo(SmtpPhase.CONNECT);
            assertThat(fault).hasMessageStartingWith("[SMTP_CONNECT] pool test, 127.0.0.1:" + port).hasMessageContaining("refused");
        }
    }

    @Test
    void anUnknownHostIsAConnectFault() {
        try (SmtpPoolClient client = client(TestPools.at(25).host("no-such-host.invalid"))) {
            assertThat(faultOf(client).phase()).isEqualTo(SmtpPhase.CONNECT);
        }
    }

    @Test
    void aSourceAddressThatIsNotOursIsNamed() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(polite()); SmtpPoolClient client = client(TestPools.at(server.port()).sources("192.0.2.1"))) {
            SmtpDeliveryException fault = faultOf(client);

            assertThat(fault.phase()).isEqualTo(SmtpPhase.CONNECT);
            assertThat(fault).hasMessageContaining("192.0.2.1");
        }
    }

    @Test
    void closingCutsWhatRunsOverTheBound() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(polite().on("END", ScriptedSmtpServer.Peer::stayMute))) {
            SmtpPoolClient client = client(TestPools.at(server.port()));
            var sent = java.util.concurrent.CompletableFuture.supplyAsync(() -> faultOf(client));
            org.awaitility.Awaitility.await().until(() -> server.messages.size() == 1);

            client.close(Duration.ofMillis(50));

            assertThat(sent.get(5, java.util.concurrent.TimeUnit.SECONDS).inDoubt()).isTrue();
            assertThat(faultOf(client)).hasMessageContaining("closing");
        }
    }
}
