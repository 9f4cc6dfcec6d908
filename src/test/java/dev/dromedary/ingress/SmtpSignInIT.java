package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpSignInIT {
    @TempDir
    private static Path directory;
    private static SmtpTestCertificate certificate;
    private final SmtpTestIntake intake = new SmtpTestIntake();
    private SmtpIngress ingress;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = SmtpTestCertificate.make(directory, "EC");
    }

    @AfterEach
    void stop() {
        ingress.close();
    }

    private SmtpTestClient connect(SmtpTestListener listener) throws IOException {
        ingress = listener.start(intake);
        return SmtpTestClient.greeted(ingress.port());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String user, String password) {
        return base64("\0" + user + "\0" + password);
    }

    @Test
    void plain_with_and_without_an_initial_response_signs_in() throws IOException {
        try (var client = connect(SmtpTestListener.plain().users("app"))) {
            assertThat(client.ask("EHLO x")).contains("AUTH PLAIN LOGIN");
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("530 5.7.0");
            assertThat(client.ask("AUTH PLAIN")).isEqualTo("334 ");
            assertThat(client.ask(plain("app", SmtpTestListener.PASSWORD))).startsWith("235 2.7.0");
            assertThat(client.ask("AUTH PLAIN")).startsWith("503 5.5.1");
            assertThat(client.submit("a@b.test", "c@d.test", "x")).startsWith("250 ");
        }
        assertThat(intake.only().user()).isEqualTo("app");
        try (var client = SmtpTestClient.greeted(ingress.port())) {
            assertThat(client.ask("auth plain " + plain("app", SmtpTestListener.PASSWORD))).startsWith("235 ");
        }
    }

    @Test
    void login_asks_for_name_and_password() throws IOException {
        try (var client = connect(SmtpTestListener.plain().users("app"))) {
            assertThat(client.ask("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(client.ask(base64("app"))).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(client.ask(base64(SmtpTestListener.PASSWORD))).startsWith("235 ");
        }
        try (var client = SmtpTestClient.greeted(ingress.port())) {
            assertThat(client.ask("AUTH LOGIN " + base64("app"))).isEqualTo("334 UGFzc3dvcmQ6");
            assertThat(client.ask(base64(SmtpTestListener.PASSWORD))).startsWith("235 ");
        }
    }

    @Test
    void the_third_wrong_password_ends_the_conversation() throws IOException {
        try (var client = connect(SmtpTestListener.plain().users("app"))) {
            assertThat(client.ask("AUTH PLAIN " + plain("app", "wrong"))).startsWith("535 5.7.8");
            assertThat(client.ask("AUTH PLAIN " + plain("nobody", SmtpTestListener.PASSWORD))).startsWith("535 5.7.8");
            assertThat(client.ask("AUTH PLAIN " + base64("other\0app\0" + SmtpTestListener.PASSWORD))).startsWith("421 4.7.0");
            assertThat(client.reply()).isEqualTo("closed");
        }
    }

    @Test
    void a_broken_exchange_is_a_syntax_error_and_signs_nobody_in() throws IOException {
        try (var client = connect(SmtpTestListener.plain().users("app"))) {
            assertThat(client.ask("AUTH CRAM-MD5")).startsWith("504 5.5.4");
            assertThat(client.ask("AUTH PLAIN ***")).startsWith("501 5.5.2");
            assertThat(client.ask("AUTH PLAIN =")).startsWith("501 5.5.2");
            client.ask("AUTH LOGIN");
            assertThat(client.ask("*")).startsWith("501 5.7.0");
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("530 5.7.0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void starttls_starts_over_encrypted(String algorithm) throws Exception {
        var own = algorithm.equals("EC") ? certificate : SmtpTestCertificate.make(directory, algorithm);
        try (var client = connect(SmtpTestListener.plain().users("app").tls(own.files(), true))) {
            assertThat(client.ask("EHLO x")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("530 5.7.0");
            assertThat(client.ask("AUTH PLAIN " + plain("app", SmtpTestListener.PASSWORD))).startsWith("538 5.7.11");
            assertThat(client.ask("STARTTLS now")).startsWith("501 5.5.4");
            assertThat(client.ask("STARTTLS")).startsWith("220 2.0.0");
            client.startTls(own.trusting());
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("503 5.5.1");
            assertThat(client.ask("EHLO x")).contains("AUTH PLAIN LOGIN").doesNotContain("STARTTLS");
            assertThat(client.ask("AUTH PLAIN " + plain("app", SmtpTestListener.PASSWORD))).startsWith("235 ");
            assertThat(client.submit("a@b.test", "c@d.test", "x".repeat(50_000))).startsWith("250 ");
            assertThat(client.ask("QUIT")).startsWith("221 ");
        }
        assertThat(intake.only().user()).isEqualTo("app");
    }

    @Test
    void an_idle_encrypted_client_is_told_of_the_shutdown() throws IOException {
        try (var client = connect(SmtpTestListener.plain().tls(certificate.files(), false))) {
            client.ask("STARTTLS");
            client.startTls(certificate.trusting());
            client.ask("EHLO x");
            assertThat(ingress.drain(java.time.Duration.ofSeconds(20))).isTrue();
            assertThat(client.reply()).startsWith("421 4.3.2 ");
        }
    }

    @Test
    void commands_slipped_in_behind_starttls_are_forgotten() throws IOException {
        try (var client = connect(SmtpTestListener.plain().tls(certificate.files(), false))) {
            client.send("STARTTLS\r\nEHLO evil.test\r\nMAIL FROM:<evil@b.test>\r\nRCPT TO:<c@d.test>\r\n");
            assertThat(client.reply()).startsWith("220 ");
            client.startTls(certificate.trusting());
            assertThat(client.ask("DATA")).startsWith("503 5.5.1");
            assertThat(client.ask("EHLO x")).startsWith("250-in.test");
        }
    }

    @Test
    void a_listener_beyond_loopback_takes_no_mail_from_the_unknown() throws IOException {
        try (var client = connect(SmtpTestListener.plain().bind("0.0.0.0"))) {
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("530 5.7.0");
        }
    }

    @Test
    void a_client_from_elsewhere_is_offered_auth_only_after_starttls() throws IOException {
        var outside = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress() && a.getAddress().length == 4).map(InetAddress::getHostAddress).findFirst();
        assumeThat(outside).as("an address of this machine other than loopback").isPresent();
        ingress = SmtpTestListener.plain().bind(outside.get()).users("app").tls(certificate.files(), false).start(intake);
        try (var socket = new Socket(outside.get(), ingress.port()); var client = new SmtpTestClient(socket)) {
            client.reply();
            assertThat(client.ask("EHLO x")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(client.ask("AUTH PLAIN " + plain("app", SmtpTestListener.PASSWORD))).startsWith("538 5.7.11");
        }
    }
}
