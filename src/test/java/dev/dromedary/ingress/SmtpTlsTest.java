package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.config.DromedaryConfig.SmtpUser;
import dev.dromedary.config.DromedaryConfig.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpTlsTest {
    @TempDir
    private static Path directory;
    private static SmtpTestCertificate ec;
    private static SmtpTestCertificate other;

    @BeforeAll
    static void makeCertificates() throws Exception {
        ec = SmtpTestCertificate.make(directory, "EC");
        other = SmtpTestCertificate.make(Files.createDirectory(directory.resolve("other")), "EC");
    }

    @Test
    void certificate_and_key_make_a_context() {
        assertThat(SmtpTls.load(ec.files()).getProtocol()).isEqualTo("TLS");
    }

    @Test
    void a_key_of_another_certificate_is_refused() {
        assertRefused(new Tls(ec.certificate(), other.key()), "[SMTP_TLS_MISMATCH]", other.key());
    }

    @Test
    void a_key_that_is_not_pkcs8_is_refused_with_the_command_that_converts_it() throws Exception {
        var file = Files.writeString(directory.resolve("old.key"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertRefused(new Tls(ec.certificate(), file), "[SMTP_TLS_KEY]", file);
        var broken = Files.writeString(directory.resolve("broken.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused(new Tls(ec.certificate(), broken), "[SMTP_TLS_KEY]", broken);
    }

    @Test
    void a_missing_file_and_one_without_certificates_are_named() throws Exception {
        var missing = directory.resolve("missing.crt");
        assertRefused(new Tls(missing, ec.key()), "[SMTP_TLS_FILE]", missing);
        var empty = Files.writeString(directory.resolve("empty.crt"), "");
        assertRefused(new Tls(empty, ec.key()), "[SMTP_TLS_CERTIFICATE]", empty);
    }

    private static void assertRefused(Tls files, String code, Path culprit) {
        assertThatThrownBy(() -> SmtpTls.load(files)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(code + " " + culprit);
    }

    @Test
    void passwords_match_by_digest_and_only_for_their_user() {
        var credentials = new SmtpCredentials(List.of(new SmtpUser("a", SmtpTestListener.sha256("x")), new SmtpUser("b", SmtpTestListener.sha256("y"))));
        assertThat(credentials.match("a", "x")).isTrue();
        assertThat(credentials.match("a", "y")).isFalse();
        assertThat(credentials.match("A", "x")).isFalse();
        assertThat(credentials.match("", "")).isFalse();
    }

    @Test
    void a_digest_that_is_none_is_refused_and_not_repeated() {
        assertThatThrownBy(() -> new SmtpCredentials(List.of(new SmtpUser("a", "hunter2")))).hasMessageStartingWith("[SMTP_USER_DIGEST] smtp.users.a")
                .hasMessageNotContaining("hunter2");
    }
}
