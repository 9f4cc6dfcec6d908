package dev.dromedary.ingress;

import dev.dromedary.config.DromedaryConfig.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes the TLS context of a server from PEM files. */
final class SmtpTls {
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private SmtpTls() {
    }

    /** @throws IllegalArgumentException naming the file at fault and what to change */
    static SSLContext load(Tls files) {
        Certificate[] chain = chain(files.certificate());
        PrivateKey key = key(files.key(), chain[0].getPublicKey().getAlgorithm());
        if (!belong(chain[0], key)) {
            throw new IllegalArgumentException("[SMTP_TLS_MISMATCH] " + files.key() + ": not the key of the first certificate in "
                    + files.certificate() + "; put the server's own certificate first, then its issuers");
        }
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("[SMTP_TLS] " + files.certificate() + ": " + e.getMessage() + "; check certificate and key", e);
        }
    }

    private static Certificate[] chain(Path file) {
        try {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(read(file)));
            if (!certificates.isEmpty()) {
                return certificates.toArray(new Certificate[0]);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("[SMTP_TLS_CERTIFICATE] " + file + ": " + e.getMessage() + "; give X.509 certificates in PEM", e);
        }
        throw new IllegalArgumentException("[SMTP_TLS_CERTIFICATE] " + file + ": no certificate in it; give X.509 certificates in PEM");
    }

    private static PrivateKey key(Path file, String algorithm) {
        var pem = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
        String advice = "; convert it with openssl pkcs8 -topk8 -nocrypt";
        if (!pem.find()) {
            throw new IllegalArgumentException("[SMTP_TLS_KEY] " + file + ": no BEGIN PRIVATE KEY in it, so not PKCS#8" + advice);
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key.
            throw new IllegalArgumentException("[SMTP_TLS_KEY] " + file + ": not a PKCS#8 key for the certificate's " + algorithm + advice);
        }
    }

    private static boolean belong(Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("[SMTP_TLS_FILE] " + file + ": " + e.getClass().getSimpleName() + "; check path and permissions", e);
        }
    }
}
