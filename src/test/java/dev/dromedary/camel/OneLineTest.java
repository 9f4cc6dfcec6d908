package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void lineEndsAndMarksThatCannotBeSeenBecomeSpaces() {
        assertThat(OneLine.of(" a\r\nBcc: b\u0000\u001b[31m\u202ec\u2028d\ud800 ")).isEqualTo("a Bcc: b [31m c d");
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        assertThat(OneLine.of("\ud83d\udc2a".repeat(501))).isEqualTo("\ud83d\udc2a".repeat(499) + "…");
        assertThat(OneLine.of("é".repeat(500))).hasSize(500);
    }
}
