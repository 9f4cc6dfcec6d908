package dev.dromedary.camel;

import dev.dromedary.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The symmetric signature of Standard Webhooks (standardwebhooks.com, Signature scheme): HMAC-SHA256 over id, time and body. */
final class WebhookSignature {
    private static final String ENCODED = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {
    }

    /**
     * @param secrets each Base64 after {@code whsec_}, or any other text, of which the UTF-8 bytes are the key
     * @param seconds since 1970, as in {@code webhook-timestamp}
     * @return for {@code webhook-signature}: one of each secret, so that a receiver may know any of them
     */
    static String of(List<Secret> secrets, String id, long seconds, byte[] body) {
        return secrets.stream().map(secret -> of(secret.reveal(), id, seconds, body)).collect(Collectors.joining(" "));
    }

    private static String of(String secret, String id, long seconds, byte[] body) {
        byte[] key = secret.startsWith(ENCODED) ? Base64.getDecoder().decode(secret.substring(ENCODED.length())) : secret.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
