package dev.dromedary.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dromedary.config.DromedaryConfig.TlsMode;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.outcome.SmtpPhase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS and AUTH, with the probe that goes through both. */
@Timeout(30)
class SmtpTlsIT {
    private static final EmailAddress FROM = EmailAddress.parse("sender@example.com");
    private static final EmailAddress TO = EmailAddress.parse("rcpt@example.net");
    private static final byte[] MIME = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String PASSWORD = "open sesame";
    @TempDir
    static Path directory;
    private static TestCertificate certificate;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(directory, "ip:127.0.0.1");
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private static ScriptedSmtpServer.Polite secured() {
        return ScriptedSmtpServer.polite().secured(certificate.context());
    }

    private static TestPools startTls(ScriptedSmtpServer server) {
        return TestPools.at(server.port()).tls(TlsMode.STARTTLS, certificate.pem()).credentials("ali", PASSWORD);
    }

    private SmtpDeliveryException faultOf(TestPools pool) {
        try (SmtpPoolClient client = new SmtpPoolClient(pool.pool(), scheduler, SmtpTimings.NONE)) {
            SmtpDeliveryException fault = catchThrowableOfType(SmtpDeliveryException.class, () -> client.send(FROM, TO, MIME, 0));
            assertThat(fault).isNotNull();
            return fault;
        }
    }

    @Test
    void messagesGoOverStartTlsWithCredentials() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(secured());
                SmtpPoolClient client = new SmtpPoolClient(startTls(server).pool(), scheduler, SmtpTimings.NONE)) {
            client.send(FROM, TO, MIME, 0);
            client.send(FROM, TO, MIME, 0);

            String plain = Base64.getEncoder().encodeToString(("ali\0ali\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            assertThat(server.commands).startsWith("EHLO client.example", "STARTTLS", "EHLO client.example", "AUTH PLAIN " + plain);
            assertThat(server.messages).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void bigMessagesGoOverImplicitTls() throws Exception {
        byte[] big = ("Subject: big\r\n\r\n" + "0123456789abcdef\r\n".repeat(60_000)).getBytes(StandardCharsets.US_ASCII);
        ScriptedSmtpServer.Step script = peer -> {
            peer.startTls(certificate.context());
            ScriptedSmtpServer.polite().take(peer);
        };
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(script);
                SmtpPoolClient client = new SmtpPoolClient(
                        TestPools.at(server.port()).tls(TlsMode.IMPLICIT, certificate.pem()).pool(), scheduler, SmtpTimings.NONE)) {
            client.send(FROM, TO, big, 0);

            assertThat(server.messages.get(0)).hasSize(big.length + 3).startsWith(big);
        }
    }

    @Test
    void aServerStrippedOfStartTlsGetsNoMessageAndNoPassword() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite().offering("AUTH PLAIN LOGIN"))) {
            SmtpDeliveryException fault = faultOf(startTls(server));

            assertThat(fault.phase()).isEqualTo(SmtpPhase.STARTTLS);
            assertThat(fault).hasMessageContaining("does not offer STARTTLS");
            assertThat(server.commands).containsExactly("EHLO client.example");
        }
    }

    @Test
    void aRefusedStartTlsCarriesItsReply() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(secured().on("STARTTLS", "454 4.7.0 TLS not available"))) {
            SmtpDeliveryException fault = faultOf(startTls(server));

            assertThat(fault.phase()).isEqualTo(SmtpPhase.STARTTLS);
            assertThat(fault.reply().code()).isEqualTo(454);
        }
    }

    @Test
    void aServerThatHangsUpInTheHandshakeIsATlsFault() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(secured().on("STARTTLS", peer -> {
            peer.say("220 go on");
            peer.hangUp();
        }))) {
            assertThat(faultOf(startTls(server)).phase()).isEqualTo(SmtpPhase.STARTTLS);
        }
    }

    @Test
    void whatWasSaidBeforeTheHandshakeDoesNotCountAfterIt() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(secured().on("STARTTLS", peer -> {
            peer.say("220 go on", "250-injected", "250 AUTH LOGIN");
            peer.startTls(certificate.context());
        }))) {
            try (SmtpPoolClient client = new SmtpPoolClient(startTls(server).pool(), scheduler, SmtpTimings.NONE)) {
                client.send(FROM, TO, MIME, 0);
            }
            assertThat(server.commands).anyMatch(command -> command.startsWith("AUTH PLAIN"));
        }
    }

    @Test
    void anUntrustedCertificateIsATlsFault() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(secured())) {
            SmtpDeliveryException fault = faultOf(TestPools.at(server.port()).tls(TlsMode.STARTTLS, null));

            assertThat(fault.phase()).isEqualTo(SmtpPhase.STARTTLS);
            assertThat(fault).hasMessageContaining("PKIX");
            assertThat(server.messages).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherNameIsATlsFault() throws Exception {
        TestCertificate other = TestCertificate.make(Files.createDirectory(directory.resolve("other")), "dns:mail.example.com");
        for (TlsMode mode : new TlsMode[] {TlsMode.STARTTLS, TlsMode.IMPLICIT}) {
            ScriptedSmtpServer.Step script = mode == TlsMode.STARTTLS ? ScriptedSmtpServer.polite().secured(other.context()) : peer -> peer.startTls(other.context());
            try (ScriptedSmtpServer server = ScriptedSmtpServer.of(script)) {
                SmtpDeliveryException fault = faultOf(TestPools.at(server.port()).tls(mode, other.pem()));

                assertThat(fault.phase()).isEqualTo(SmtpPhase.STARTTLS);
                assertThat(fault).hasMessageContaining("127.0.0.1");
            }
        }
    }

    @Test
    void refusedCredentialsCarryTheReplyAndNeverThemselves() throws Exception {
        String plain = Base64.getEncoder().encodeToString(("ali\0ali\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(secured().on("AUTH", "535 5.7.8 bad credentials " + plain + " that is " + PASSWORD))) {
            SmtpDeliveryException fault = faultOf(startTls(server));

            assertThat(fault.phase()).isEqualTo(SmtpPhase.AUTH);
            assertThat(fault.reply().code()).isEqualTo(535);
            assertThat(fault.reply().enhanced()).isEqualTo("5.7.8");
            java.io.StringWriter trace = new java.io.StringWriter();
            fault.printStackTrace(new java.io.PrintWriter(trace));
            assertThat(trace.toString() + fault.reply()).doesNotContain(PASSWORD).doesNotContain(plain).contains("(secret)");
        }
    }

    @Test
    void credentialsWithoutAnOfferOfAuthAreAFault() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(secured().offering("STARTTLS"), secured().offering("STARTTLS", "AUTH CRAM-MD5"))) {
            assertThat(faultOf(startTls(server))).hasMessageContaining("does not offer AUTH").extracting("phase").isEqualTo(SmtpPhase.AUTH);
            assertThat(faultOf(startTls(server))).hasMessageContaining("PLAIN and LOGIN").extracting("phase").isEqualTo(SmtpPhase.AUTH);
        }
    }

    @Test
    void theProbeGoesThroughTlsAndAuth() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(secured(), secured().on("AUTH", "535 5.7.8 no"), secured().on("NOOP", "421 4.3.2 busy"));
                PoolProbe probe = new PoolProbe(startTls(server).pool(), scheduler)) {
            assertThat(probe.probe()).isInstanceOfSatisfying(ProbeResult.Healthy.class, healthy -> assertThat(healthy.latency()).isPositive());
            assertThat(server.commands).contains("NOOP");
            org.awaitility.Awaitility.await().until(() -> server.commands.contains("QUIT"));
            assertThat(probe.probe()).isInstanceOfSatisfying(ProbeResult.Unhealthy.class, ill -> {
                assertThat(ill.phase()).isEqualTo(SmtpPhase.AUTH);
                assertThat(ill.text()).contains("535 5.7.8 no");
            });
            assertThat(probe.probe()).isInstanceOf(ProbeResult.Unhealthy.class);
        }
    }

    @Test
    void aTruststoreWithoutCertificatesIsNamed() throws Exception {
        Path missing = directory.resolve("missing.pem");
        var pool = TestPools.at(25).tls(TlsMode.STARTTLS, missing).pool();

        assertThatThrownBy(() -> new SmtpPoolClient(pool, scheduler, SmtpTimings.NONE))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[SMTP_TRUSTSTORE]").hasMessageContaining("missing.pem");
    }
}
