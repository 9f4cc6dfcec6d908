package dev.dromedary.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.dromedary.FreePort;
import dev.dromedary.config.DromedaryConfig.TlsMode;
import dev.dromedary.message.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is heard of the steps of conversations and of connections. */
@Timeout(30)
class SmtpTimingsIT {
    private static final EmailAddress FROM = EmailAddress.parse("sender@example.com");
    private static final EmailAddress TO = EmailAddress.parse("rcpt@example.net");
    private static final byte[] MIME = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final HeardTimings heard = new HeardTimings();

    @TempDir
    static Path folder;

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    private SmtpPoolClient client(TestPools pool) {
        return new SmtpPoolClient(pool.pool(), scheduler, heard);
    }

    @Test
    void eachStepIsHeardInItsOrderAndASecondMessageStartsAtMail() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite()); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            client.send(FROM, TO, MIME, 0);
            client.send(FROM, TO, MIME, 0);
        }

        assertThat(heard.steps).containsExactly(SmtpStep.CONNECT, SmtpStep.GREETING, SmtpStep.EHLO, SmtpStep.MAIL, SmtpStep.RCPT, SmtpStep.DATA, SmtpStep.BODY, SmtpStep.REPLY,
                SmtpStep.MAIL, SmtpStep.RCPT, SmtpStep.DATA, SmtpStep.BODY, SmtpStep.REPLY);
        assertThat(heard.connections).containsExactly("opened", "reused", "closed STOP");
    }

    @Test
    void startTlsAndSignInAreStepsOfTheirOwn() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "ip:127.0.0.1");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite().secured(certificate.context()));
                SmtpPoolClient client = client(TestPools.at(server.port()).tls(TlsMode.STARTTLS, certificate.pem()).credentials("ali", "secret"))) {
            client.send(FROM, TO, MIME, 0);
        }

        assertThat(heard.steps).startsWith(SmtpStep.CONNECT, SmtpStep.GREETING, SmtpStep.EHLO, SmtpStep.TLS, SmtpStep.EHLO, SmtpStep.AUTH, SmtpStep.MAIL);
    }

    @Test
    void theTimeOfASlowServerStandsAtTheStepThatItWasSlowIn() throws Exception {
        Duration slow = Duration.ofMillis(300);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite().on("RCPT", peer -> {
            await().pollDelay(slow).until(() -> true);
            peer.say("250 2.1.5 Ok");
        })); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            client.send(FROM, TO, MIME, 0);
        }

        assertThat(heard.longest.get(SmtpStep.RCPT)).isGreaterThanOrEqualTo(slow.toNanos());
    }

    @Test
    void aConnectionSaysWhyItWasNotKept() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite(), ScriptedSmtpServer.polite().on("MAIL", "421 4.3.2 going down"), ScriptedSmtpServer.polite());
                SmtpPoolClient client = client(TestPools.at(server.port()).maxMessages(1).maxIdle(Duration.ofMillis(100)))) {
            client.send(FROM, TO, MIME, 0);
            assertThat(catchThrowable(() -> client.send(FROM, TO, MIME, 0))).isInstanceOf(SmtpDeliveryException.class);
        }
        assertThat(heard.connections).containsExactly("opened", "closed MESSAGES", "opened", "closed BROKEN");
    }

    @Test
    void anIdleConnectionIsClosedAsIdleAndAnOldOneForItsAge() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite()); SmtpPoolClient idle = client(TestPools.at(server.port()).maxIdle(Duration.ofMillis(100)))) {
            idle.send(FROM, TO, MIME, 0);
            await().until(() -> heard.connections.contains("closed IDLE"));
        }
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite());
                SmtpPoolClient old = client(TestPools.at(server.port()).maxAge(Duration.ofNanos(1)))) {
            old.send(FROM, TO, MIME, 0);
        }
        assertThat(heard.connections).containsExactly("opened", "closed IDLE", "opened", "closed AGE");
    }

    @Test
    void aConnectionThatNeverCameAboutSaysHowFarItGot() throws Exception {
        try (SmtpPoolClient client = client(TestPools.at(FreePort.next()))) {
            assertThat(catchThrowable(() -> client.send(FROM, TO, MIME, 0))).isInstanceOf(SmtpDeliveryException.class);
        }
        try (ScriptedSmtpServer server = ScriptedSmtpServer.of(ScriptedSmtpServer.polite().on("GREETING", "554 5.7.1 blocked")); SmtpPoolClient client = client(TestPools.at(server.port()))) {
            assertThat(catchThrowable(() -> client.send(FROM, TO, MIME, 0))).isInstanceOf(SmtpDeliveryException.class);
        }

        assertThat(heard.connections).isEqualTo(List.of("failed CONNECT", "failed GREETING"));
        assertThat(heard.steps).containsExactly(SmtpStep.CONNECT, SmtpStep.CONNECT, SmtpStep.GREETING);
    }
}
