package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged input, by every way in, from a fixed seed: each piece is accepted or refused with a code, nothing else suffers, and a good
 * message afterwards arrives. {@code -Dfuzz.rounds=N} makes it longer.
 */
class FuzzIT {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 150);
    private static final long SEED = 20_260_301;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String GOOD_JSON = "{\"message_id\":\"%s\",\"from\":\"Shop <a@shop.example>\",\"to\":[\"fuzz@gmail.com\",\"Bo <bo@web.de>\"],\"subject\":\"Gr\u00fc\u00dfe\","
            + "\"text\":\"t\",\"headers\":{\"X-A\":[\"1\",\"2\"]},\"attachments\":[{\"filename\":\"a.txt\",\"content_type\":\"text/plain\",\"content\":\"aGk=\"}],\"priority\":\"bulk\",\"tags\":[\"x\"]}";
    private static final String GOOD_RAW = "From: a@shop.example\r\nTo: fuzz@gmail.com\r\nSubject: =?utf-8?q?x?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nt\r\n--b--\r\n";

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static int good;
    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL + "accept: {max-size: 200KB}\n");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @AfterEach
    void aGoodMessageStillArrives() throws Exception {
        String to = "good" + ++good + "@gmail.com";
        program.submit(to);
        program.awaitArrivals(List.of(to));
        assertThat(program.management("/observe/health/ready")).contains("UP");
    }

    @Test
    void requestsAreAcceptedOrRefusedWithACode() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HttpResponse<String> answer = post("application/json", damaged(GOOD_JSON.formatted("json" + i)));
            assertThat(answer.statusCode()).as("round %d: %s", i, answer.body()).isIn(202, 400, 409, 413);
            JsonNode body = JSON.readTree(answer.body());
            assertThat(body.has("message_id") || body.at("/error/code").isTextual()).isTrue();
        }
    }

    @Test
    void everyLineOfAStreamHasAResult() throws Exception {
        for (int i = 0; i < ROUNDS / 10; i++) {
            var body = new ByteArrayOutputStream();
            for (int line = 0; line < 10; line++) {
                body.writeBytes(withoutLineFeeds(damaged(GOOD_JSON.formatted("ndjson" + i + "-" + line))));
                body.write('\n');
            }
            HttpResponse<String> answer = post("application/x-ndjson", body.toByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body().lines()).hasSizeLessThanOrEqualTo(10)
                    .allSatisfy(line -> assertThat(JSON.readTree(line).has("message_id") || JSON.readTree(line).at("/error/code").isTextual()).isTrue());
        }
    }

    @Test
    void whatIsNoHttpDoesNoHarm() throws Exception {
        for (int i = 0; i < ROUNDS / 3; i++) {
            throwAt(program.config().http().port(), damaged("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"a\":"));
        }
    }

    @Test
    void conversationsEndWithRepliesOrAClose() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            throwAt(program.config().smtp().port(), damaged("EHLO client.example\r\nMAIL FROM:<a@shop.example> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<fuzz@gmail.com>\r\nDATA\r\n" + GOOD_RAW
                    + ".\r\nRSET\r\nNOOP\r\nVRFY x\r\nQUIT\r\n"));
        }
    }

    @Test
    void submissionsByQueueAreAcceptedOrKept() {
        for (int i = 0; i < ROUNDS; i++) {
            boolean raw = i % 2 == 0;
            byte[] body = damaged(raw ? GOOD_RAW : GOOD_JSON.formatted("jms" + i));
            program.jms().send("mail.submit", session -> {
                var message = session.createBytesMessage();
                message.writeBytes(body);
                if (raw) {
                    message.setStringProperty("from", new String(damaged("a@shop.example"), StandardCharsets.ISO_8859_1));
                    message.setStringProperty("to", new String(damaged("fuzz@gmail.com,bo@web.de"), StandardCharsets.ISO_8859_1));
                }
                return message;
            });
        }
        await().atMost(TestProgram.PATIENCE.multipliedBy(2)).until(() -> program.depth("mail.submit") == 0);
        assertThat(program.depth("mail.dlq")).isZero();
        assertThat(program.depth("mail.rejected")).isBetween(1L, (long) ROUNDS);
    }

    @Test
    void everyFileEndsInDoneOrInFailedWithItsReason() throws Exception {
        Path inbox = Files.createDirectories(program.config().inbox().directory());
        List<String> kinds = List.of("eml", "json", "ndjson", "csv");
        int files = Math.min(ROUNDS / 5, 100);
        for (int i = 0; i < files; i++) {
            String kind = kinds.get(i % kinds.size());
            byte[] content = damaged(switch (kind) {
                case "eml" -> GOOD_RAW;
                case "csv" -> "from,to,subject,text\na@shop.example,fuzz@gmail.com,\"s, t\",x\na@shop.example,bo@web.de,s,\"y\nz\"\n";
                default -> GOOD_JSON.formatted("file" + i);
            });
            Path written = Files.write(folder.resolve("w"), content);
            Files.move(written, inbox.resolve(i + "." + kind));
        }
        await().atMost(TestProgram.PATIENCE.multipliedBy(3)).until(() -> count(inbox) == 0);
        assertThat(count(inbox.resolve("done")) + count(inbox.resolve("failed")) / 2).isEqualTo(files);
    }

    private static long count(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static HttpResponse<String> post(String type, byte[] body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.config().http().port() + "/v1/messages")).timeout(TestProgram.PATIENCE)
                .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends it, ends its side, and reads to the end of the other. */
    private static void throwAt(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) TestProgram.PATIENCE.toMillis());
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            // A close in the middle is an answer too.
        }
    }

    private static byte[] withoutLineFeeds(byte[] bytes) {
        byte[] out = bytes.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i] == '\n' ? (byte) ' ' : out[i];
        }
        return out;
    }

    /** One to three damages: octets changed, cut out, doubled or put in, among them those that mean something to a parser. */
    private byte[] damaged(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] telling = "\r\n\0\"\\{}[],:<>@.%=;()\u00ff\u0080".getBytes(StandardCharsets.ISO_8859_1);
        for (int damage = random.nextInt(3); damage >= 0; damage--) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(bytes.length - at, random.nextInt(12));
            var out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            switch (random.nextInt(5)) {
                case 0 -> {
                    byte[] noise = new byte[length];
                    random.nextBytes(noise);
                    out.writeBytes(noise);
                    out.write(bytes, at + length, bytes.length - at - length);
                }
                case 1 -> out.write(bytes, at + length, bytes.length - at - length);
                case 2 -> {
                    out.write(bytes, at, length);
                    out.write(bytes, at, bytes.length - at);
                }
                case 3 -> {
                    out.write(telling[random.nextInt(telling.length)]);
                    out.write(bytes, at, bytes.length - at);
                }
                default -> {
                    out.writeBytes("x".repeat(random.nextInt(3_000)).getBytes(StandardCharsets.US_ASCII));
                    out.write(bytes, at, bytes.length - at);
                }
            }
            bytes = out.size() == 0 ? new byte[] {0} : out.toByteArray();
        }
        return bytes;
    }
}
