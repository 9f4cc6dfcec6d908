package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest {
    @Test
    void fieldsAreUnfoldedAndEndAtTheEmptyLine() {
        byte[] mime = "From: a@b.example\r\nSubject: one\r\n two\r\n\tthree\r\nX-Empty:\r\n\r\nTo: in the body\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(HeaderFields.of(mime)).containsExactly(new Header("From", "a@b.example"), new Header("Subject", "one two\tthree"), new Header("X-Empty", ""));
    }

    @Test
    void whatIsNoFieldIsLeftOut() {
        assertThat(HeaderFields.of(" lost\nno field\n: none\nA: b".getBytes(StandardCharsets.US_ASCII))).containsExactly(new Header("A", "b"));
        assertThat(HeaderFields.of(new byte[0])).isEmpty();
        assertThat(HeaderFields.of("A: \u00fc\n".getBytes(StandardCharsets.ISO_8859_1))).containsExactly(new Header("A", "\ufffd"));
    }
}
