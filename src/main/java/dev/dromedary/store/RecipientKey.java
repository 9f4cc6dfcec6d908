package dev.dromedary.store;

import dev.dromedary.engagement.Engagement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Stands for an address without naming it: HMAC-SHA-256 (RFC 2104) of the address in lower case. Safe for use by many threads. */
final class RecipientKey {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec secret;

    RecipientKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    byte[] of(String address) {
        return hash(address.toLowerCase(Locale.ROOT));
    }

    /** What is told twice is the same: the same thing done with the same message within the same minute. */
    long mark(Engagement event) {
        return ByteBuffer.wrap(hash(event.kind().id() + " " + Math.floorDiv(event.at().getEpochSecond(), 60) + " " + (event.message() == null ? "" : event.message()))).getLong();
    }

    private byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
