package dev.dromedary.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotStuffedBodyTest {

    private static String onTheWire(String mime, int buffer) {
        DotStuffedBody body = new DotStuffedBody(mime.getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        byte[] target = new byte[buffer];
        while (!body.finished()) {
            wire.write(target, 0, body.fill(target));
        }
        return wire.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''|.~", "a|a~.~", "a~|a~.~", "a~~|a~~.~", ".|..~.~", "..~|...~.~", "a~.b~|a~..b~.~", "a.b~.|a.b~..~.~", "a\\n.\\nb|a~..~b~.~", "a\\r.b|a~..b~.~", "a\\r|a~.~"
    })
    void aBodyEndsOnceAndHidesNoEnd(String mime, String wire) {
        String lines = mime.replace("~", "\r\n").replace("\\n", "\n").replace("\\r", "\r");

        assertThat(onTheWire(lines, 32)).isEqualTo(wire.replace("~", "\r\n"));
    }

    @Property
    void aServerReadsBackWhatWasSent(@ForAll("texts") String mime, @ForAll @IntRange(min = 32, max = 64) int buffer) {
        String wire = onTheWire(mime, buffer);

        assertThat(wire).endsWith(".\r\n");
        assertThat(wire.indexOf("\r\n.\r\n", 0)).isIn(-1, wire.length() - 5);
        String unstuffed = ("\r\n" + wire.substring(0, wire.length() - 3)).replace("\r\n.", "\r\n").substring(2);
        String canonical = mime.replaceAll("\r\n|\r|\n", "\r\n");
        assertThat(unstuffed).isEqualTo(canonical.isEmpty() || canonical.endsWith("\r\n") ? canonical : canonical + "\r\n");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('.', '\r', '\n', 'a', '\u00e9').ofMaxLength(300);
    }

    @Test
    void eightBitIsSeenWhereverItStands() {
        for (int length = 1; length < 40; length++) {
            byte[] mime = new byte[length];
            assertThat(EnvelopeCommands.isEightBit(mime)).isFalse();
            for (int at = 0; at < length; at++) {
                mime[at] = (byte) 0x80;
                assertThat(EnvelopeCommands.isEightBit(mime)).isTrue();
                mime[at] = 0;
            }
        }
    }
}
