package dev.dromedary.ingress;

import dev.dromedary.config.DromedaryConfig.SmtpListener;
import dev.dromedary.config.DromedaryConfig.SmtpUser;
import dev.dromedary.config.DromedaryConfig.Tls;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listener configurations that tests vary. */
record SmtpTestListener(String bind, long maxSize, int maxConnections, int maxRecipients, List<SmtpUser> users, @Nullable Tls tls, boolean requireTls, Duration idle) {
    static final String PASSWORD = "correct horse";

    static SmtpTestListener plain() {
        return new SmtpTestListener("127.0.0.1", 100_000, 50, 100, List.of(), null, false, Duration.ofSeconds(20));
    }

    SmtpTestListener bind(String value) {
        return new SmtpTestListener(value, maxSize, maxConnections, maxRecipients, users, tls, requireTls, idle);
    }

    SmtpTestListener maxSize(long value) {
        return new SmtpTestListener(bind, value, maxConnections, maxRecipients, users, tls, requireTls, idle);
    }

    SmtpTestListener maxConnections(int value) {
        return new SmtpTestListener(bind, maxSize, value, maxRecipients, users, tls, requireTls, idle);
    }

    SmtpTestListener maxRecipients(int value) {
        return new SmtpTestListener(bind, maxSize, maxConnections, value, users, tls, requireTls, idle);
    }

    SmtpTestListener users(String... names) {
        var all = List.of(names).stream().map(name -> new SmtpUser(name, sha256(PASSWORD))).toList();
        return new SmtpTestListener(bind, maxSize, maxConnections, maxRecipients, all, tls, requireTls, idle);
    }

    SmtpTestListener tls(Tls value, boolean required) {
        return new SmtpTestListener(bind, maxSize, maxConnections, maxRecipients, users, value, required, idle);
    }

    SmtpTestListener idle(Duration value) {
        return new SmtpTestListener(bind, maxSize, maxConnections, maxRecipients, users, tls, requireTls, value);
    }

    SmtpIngress start(Intake intake) {
        var config = new SmtpListener(true, bind, 0, "in.test", maxSize, maxConnections, maxRecipients, users, tls, requireTls);
        var ingress = new SmtpIngress(config, intake, idle);
        ingress.start();
        return ingress;
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
