package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SmtpAnswerTest {

    @Test
    void the_enhanced_status_stands_before_the_text() {
        assertThat(wire(SmtpAnswer.of(250, "2.1.0", "Ok"))).isEqualTo("250 2.1.0 Ok\r\n");
    }

    @Test
    void lines_make_a_multi_line_reply() {
        assertThat(wire(SmtpAnswer.of(250, null, "host\nSIZE 1\nPIPELINING"))).isEqualTo("250-host\r\n250-SIZE 1\r\n250 PIPELINING\r\n");
    }

    @Test
    void a_reply_line_is_printable_ascii_whatever_it_quotes() {
        assertThat(wire(SmtpAnswer.of(553, "5.1.3", "f\u00fc\r\t\ud83d\udc2a"))).isEqualTo("553 5.1.3 f\\x{FC}\\x{D}\\x{9}\\x{1F42A}\r\n");
    }

    @Test
    void a_reply_line_keeps_to_512_octets() {
        assertThat(wire(SmtpAnswer.of(550, "5.1.1", "\u00fc".repeat(1000)))).hasSizeLessThanOrEqualTo(512).endsWith("}\r\n");
    }

    @Test
    void a_421_announces_the_close_and_closes() {
        assertThat(SmtpAnswer.of(421, "4.3.2", "x").ending()).isEqualTo(SmtpAnswer.Ending.CLOSE);
        assertThat(SmtpAnswer.of(451, "4.3.2", "x").ending()).isEqualTo(SmtpAnswer.Ending.STAY);
    }

    private static String wire(SmtpAnswer answer) {
        return new String(answer.bytes(), StandardCharsets.ISO_8859_1);
    }
}
