package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.smtp.SandboxMessage;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Through the whole program, from a way in to the next server: content that a server may take for the end of data stays content of one message. */
class SmugglingIT {
    private static final Path VECTORS = Path.of(System.getProperty("corpora", "../shared/data"), "common/smuggling/eod_sequences.tsv");
    private static final String HIDDEN = "MAIL FROM:<hidden@b.example>\r\nRCPT TO:<hidden@gmail.com>\r\nDATA\r\nSubject: hidden\r\n\r\nhidden\r\n";

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static int count;

    static Stream<String[]> sequences() throws IOException {
        if (!Files.exists(VECTORS)) {
            return Stream.<String[]>of(new String[] {"absent", ""});
        }
        return Files.readAllLines(VECTORS).stream().skip(1).map(line -> line.split("\t"));
    }

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sequences")
    void whatComesByHttpLeavesAsOneMessageOrIsRefused(String id, String hex) throws Exception {
        assumeThat(hex).as("the vectors at " + VECTORS).isNotEmpty();
        String to = "http" + ++count + "@gmail.com";
        byte[] raw = message(HexFormat.of().parseHex(hex));
        HttpResponse<String> answer = program.call("POST", "/v1/messages", new ObjectMapper().writeValueAsString(
                Map.of("from", "a@shop.example", "to", to, "raw_base64", Base64.getEncoder().encodeToString(raw))));
        assertThat(answer.statusCode()).as(answer.body()).isIn(202, 400);
        if (answer.statusCode() == 202) {
            assertOneMessage(to);
        } else {
            assertThat(answer.body()).contains("\"code\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sequences")
    void whatComesBySmtpLeavesAsOneMessageOrIsRefused(String id, String hex) throws Exception {
        assumeThat(hex).as("the vectors at " + VECTORS).isNotEmpty();
        String to = "smtp" + ++count + "@gmail.com";
        if (submitted(to, message(HexFormat.of().parseHex(hex)))) {
            assertOneMessage(to);
        }
        assertThat(program.arrivals()).doesNotContainKey("hidden@gmail.com");
    }

    private static byte[] message(byte[] sequence) {
        byte[] before = "From: a@shop.example\r\nSubject: seen\r\n\r\nseen".getBytes(StandardCharsets.ISO_8859_1);
        byte[] after = HIDDEN.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[before.length + sequence.length + after.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(sequence, 0, all, before.length, sequence.length);
        System.arraycopy(after, 0, all, before.length + sequence.length, after.length);
        return all;
    }

    private static void assertOneMessage(String to) {
        program.awaitArrivals(List.of(to));
        assertThat(program.arrivals()).containsEntry(to, 1).doesNotContainKey("hidden@gmail.com");
        SandboxMessage taken = program.sink().messages().stream().filter(message -> message.to().contains(to)).findFirst().orElseThrow();
        String content = new String(taken.content(), StandardCharsets.ISO_8859_1);
        assertThat(content.replace("\r\n", "")).as("no bare line end, no NUL").doesNotContain("\r", "\n", "\0");
    }

    /** @return whether a message was taken */
    private static boolean submitted(String to, byte[] content) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", program.config().smtp().port())) {
            socket.setSoTimeout((int) TestProgram.PATIENCE.toMillis());
            socket.getOutputStream().write(("EHLO client.example\r\nMAIL FROM:<a@shop.example>\r\nRCPT TO:<" + to + ">\r\nDATA\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(content);
            socket.getOutputStream().write("\r\n.\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            String replies = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return replies.lines().filter(line -> line.startsWith("250 2.0.0") || line.startsWith("250 2.6.0")).count() > 0;
        } catch (java.net.SocketException reset) {
            return false;
        }
    }
}
