package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values were computed with openssl dgst -sha256 -mac HMAC. */
class WebhookSignatureTest {
    private static final byte[] BODY = "{\"type\":\"alert.opened\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void aSecretWithTheMarkIsBase64() {
        assertThat(WebhookSignature.of(List.of(new Secret("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz")), "notice_1", 1_700_000_000, BODY)).isEqualTo("v1,PwID7Gv15lNWJH+4fFo3pGFRQW7bUaW6O+yJSjIn5EE=");
    }

    @Test
    void anyOtherSecretIsItsBytes() {
        assertThat(WebhookSignature.of(List.of(new Secret("012345678901234567890123")), "notice_1", 1_700_000_000, BODY)).isEqualTo("v1,PwID7Gv15lNWJH+4fFo3pGFRQW7bUaW6O+yJSjIn5EE=");
        assertThat(WebhookSignature.of(List.of(new Secret("another-secret-of-24-chars")), "notice_1", 1_700_000_000, BODY)).isEqualTo("v1,Be+s/81EfI/Z2TvknTSzyLdZBxVrtb++t4fBBkSZ2Xw=");
    }
}
