package dev.dromedary.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Puts TLS over watched sockets, with the server's name checked, and tells the socket about its layer. Thread-safe. */
final class TlsLayers extends SSLSocketFactory {
    /** Wildcards as mail servers' certificates use them; what Angus Mail sets too. */
    private static final String IDENTITY_CHECK = "LDAPS";
    private final SSLSocketFactory factory;

    private TlsLayers(SSLSocketFactory factory) {
        this.factory = factory;
    }

    /**
     * @param truststore certificates in PEM to be trusted beside the JDK's, or null
     * @throws IllegalArgumentException where the file holds none
     */
    static TlsLayers trusting(@Nullable Path truststore) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, truststore == null ? null : trustManagers(truststore), null);
            return new TlsLayers(context.getSocketFactory());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "[SMTP_TRUSTSTORE] pool truststore: %s: %s; give a PEM file with CA certificates".formatted(truststore, e.getMessage()), e);
        }
    }

    private static TrustManager[] trustManagers(Path truststore) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        TrustManagerFactory ofJdk = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        ofJdk.init((KeyStore) null);
        int number = 0;
        for (TrustManager manager : ofJdk.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate issuer : x509.getAcceptedIssuers()) {
                    trusted.setCertificateEntry("jdk-" + number++, issuer);
                }
            }
        }
        try (InputStream pem = Files.newInputStream(truststore)) {
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("extra-" + number++, certificate);
            }
        }
        TrustManagerFactory both = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        both.init(trusted);
        return both.getTrustManagers();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        SSLSocket layer = (SSLSocket) factory.createSocket(socket, host, port, autoClose);
        SSLParameters parameters = layer.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(IDENTITY_CHECK);
        layer.setSSLParameters(parameters);
        if (socket instanceof WatchedSocket watched) {
            watched.securedBy(layer);
        }
        return layer;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw onlyLayers();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw onlyLayers();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw onlyLayers();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw onlyLayers();
    }

    private static UnsupportedOperationException onlyLayers() {
        return new UnsupportedOperationException("only puts TLS over a connected socket");
    }
}
