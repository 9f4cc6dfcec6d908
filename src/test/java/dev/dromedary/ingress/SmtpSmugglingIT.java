package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that another server may take for the end of data must not let a second message out of the first one here. */
class SmtpSmugglingIT {
    private static final Path VECTORS = Path.of("../shared/data/common/smuggling/eod_sequences.tsv");
    private final SmtpTestIntake intake = new SmtpTestIntake();

    static Stream<String[]> sequences() throws IOException {
        if (!Files.exists(VECTORS)) {
            return Stream.<String[]>of(new String[] {"absent", ""});
        }
        return Files.readAllLines(VECTORS).stream().skip(1).map(line -> line.split("\t"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sequences")
    void no_sequence_lets_a_second_message_in(String id, String hex) throws IOException {
        assumeThat(hex).as("the vectors at " + VECTORS).isNotEmpty();
        smuggle(HexFormat.of().parseHex(hex));
        assertThat(intake.accepted).hasSizeLessThanOrEqualTo(1);
        assertThat(intake.accepted).allSatisfy(s -> assertThat(s.to()).containsExactly("seen@d.test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\r.\r", "\n.\r\n", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r\r\n.\r", "\n\n.\r\n"})
    void a_sequence_of_bare_line_ends_is_content_of_the_one_message(String sequence) throws IOException {
        smuggle(sequence.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(intake.text()).contains("MAIL FROM:<hidden@b.test>").endsWith("hidden\r\n");
    }

    private void smuggle(byte[] sequence) throws IOException {
        var wire = new ByteArrayOutputStream();
        wire.writeBytes("Subject: seen\r\n\r\nseen".getBytes(StandardCharsets.ISO_8859_1));
        wire.writeBytes(sequence);
        wire.writeBytes("MAIL FROM:<hidden@b.test>\r\nRCPT TO:<hidden@d.test>\r\nDATA\r\nSubject: hidden\r\n\r\nhidden\r\n.\r\nQUIT\r\n"
                .getBytes(StandardCharsets.ISO_8859_1));
        try (var ingress = SmtpTestListener.plain().start(intake); var client = SmtpTestClient.greeted(ingress.port())) {
            client.ask("MAIL FROM:<a@b.test>");
            client.ask("RCPT TO:<seen@d.test>");
            client.ask("DATA");
            client.send(wire.toByteArray());
            client.rest();
        }
    }
}
