package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig.ApiKey;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets a request in by its {@code Authorization: Bearer} key; without keys in the configuration the API is on loopback and open. */
final class ApiGate {
    private static final String SCHEME = "Bearer ";
    private final List<ApiKey> keys;

    ApiGate(List<ApiKey> keys) {
        this.keys = keys;
    }

    void check(@Nullable String authorization) {
        if (keys.isEmpty()) {
            return;
        }
        byte[] given = sha256(authorization != null && authorization.startsWith(SCHEME) ? authorization.substring(SCHEME.length()) : "");
        boolean known = false;
        for (ApiKey key : keys) {
            // Every key is compared, and each in constant time, so that the time taken tells nothing.
            known |= MessageDigest.isEqual(given, HexFormat.of().parseHex(key.sha256()));
        }
        if (!known) {
            throw new RefusedException(RefusalCode.UNAUTHENTICATED, "Authorization", authorization == null ? "none" : "not a known key",
                    "send Authorization: Bearer <api key>");
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
