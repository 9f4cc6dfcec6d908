package dev.dromedary.ingress;

import dev.dromedary.config.DromedaryConfig.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for localhost, made anew by the JDK's keytool, as PEM files. */
record SmtpTestCertificate(Path certificate, Path key, SSLContext trusting) {

    /** @param algorithm RSA or EC */
    static SmtpTestCertificate make(Path directory, String algorithm) throws Exception {
        var file = directory.resolve(algorithm + ".p12");
        var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a",
                "-keyalg", algorithm, "-dname", "CN=localhost", "-validity", "2", "-keystore", file.toString(), "-storepass", "changeit",
                "-storetype", "PKCS12").redirectErrorStream(true).redirectOutput(directory.resolve("keytool.log").toFile()).start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(directory.resolve("keytool.log")));
        }
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        var certificate = store.getCertificate("a");
        return new SmtpTestCertificate(
                pem(directory.resolve(algorithm + ".crt"), "CERTIFICATE", certificate.getEncoded()),
                pem(directory.resolve(algorithm + ".key"), "PRIVATE KEY", store.getKey("a", "changeit".toCharArray()).getEncoded()),
                trusting(certificate));
    }

    Tls files() {
        return new Tls(certificate, key);
    }

    private static Path pem(Path file, String label, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }

    private static SSLContext trusting(Certificate certificate) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", certificate);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
