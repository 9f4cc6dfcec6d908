package dev.dromedary.ingress;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The {@code Idempotency-Key} of a request and the SHA-256 of what was asked under it: the same key with another body is a conflict.
 *
 * @param key         1-255 printable ASCII characters
 * @param requestHash lower-case hex
 */
public record RequestKey(String key, String requestHash) {

    public static RequestKey of(String key, byte[] request) {
        return new RequestKey(key, sha256(request));
    }

    /** An id that depends on the key alone, so that the broker can refuse a second message under it even while Postgres is away. */
    public String messageId() {
        return "k" + sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
