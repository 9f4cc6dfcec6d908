package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP API of the whole program: what it takes, what it refuses and with which words. */
class HttpApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = "{\"from\":\"a@shop.example\",\"to\":\"ann@gmail.com\",\"text\":\"x\"}";

    private static final String BAD_LINE = "{\"from\":\"x\",\"to\":\"ann@gmail.com\",\"text\":\"a line that is refused, with its reason\"}\n";
    private static final String NDJSON_HEAD = "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"from":                                                                              | 400 | JSON_MALFORMED
            [1]                                                                                   | 400 | JSON_MALFORMED
            {"from":"a@b.example","to":"c@d.example","text":"x","txet":"y"}                       | 400 | FIELD_UNKNOWN
            {"from":"a@b.example","text":"x"}                                                     | 400 | FIELD_MISSING
            {"to":"c@d.example","text":"x"}                                                       | 400 | FIELD_MISSING
            {"from":"a@b.example","to":"c@","text":"x"}                                           | 400 | ADDRESS_MALFORMED
            {"from":"a@b.example","to":"c@d.example\\r\\nRCPT TO:<e@f.example>","text":"x"}       | 400 | HEADER_INJECTION
            {"from":"a@b.example","to":"c@d.example","text":"x","subject":"s\\r\\nBcc: e@f.example"} | 400 | HEADER_INJECTION
            {"from":"a@b.example","to":"c@d.example","text":"x","headers":{"X-A":"1\\nX-B: 2"}}   | 400 | HEADER_INJECTION
            {"from":"a@b.example","to":"c@d.example","text":"x","headers":{"CAmelFileName":"1"}}  | 400 | HEADER_FORBIDDEN
            {"from":"a@b.example","to":"c@d.example","text":"x","headers":{"mail.smtp.host":"e"}} | 400 | HEADER_FORBIDDEN
            {"from":"a@b.example","to":"c@d.example","text":"x","headers":{"_AMQ_DUPL_ID":"e"}}   | 400 | HEADER_FORBIDDEN
            {"from":"a@b.example","to":"c@d.example","text":"x","headers":{"JMSPriority":"9"}}    | 400 | HEADER_FORBIDDEN
            {"from":"a@b.example","to":"c@d.example","text":"x","scheduled_time":"tomorrow"}      | 400 | FIELD_INVALID
            """)
    void badInputIsRefusedWithACode(String body, int status, String code) throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/messages", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = JSON.readTree(answer.body()).get("error");
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("advice").asText()).isNotBlank();
        assertThat(error.get("subject").asText()).isNotBlank();
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() throws Exception {
        byte[] latin1 = GOOD.replace("\"x\"", "\"caf\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);
        String answer = raw("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + latin1.length + "\r\n\r\n", latin1);
        assertThat(answer).startsWith("HTTP/1.1 400").contains("CHARSET_INVALID");
    }

    @Test
    void tenThousandRecipientsAreTooMany() throws Exception {
        String to = IntStream.range(0, 10_000).mapToObj(i -> "\"u" + i + "@gmail.com\"").collect(Collectors.joining(","));
        HttpResponse<String> answer = program.call("POST", "/v1/messages", "{\"from\":\"a@shop.example\",\"to\":[" + to + "],\"text\":\"x\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("RECIPIENTS_TOO_MANY").contains("10000").contains("1000");
    }

    @Test
    void anOversizedBodyIs413WhetherItSaysItsLengthOrNot() throws Exception {
        String big = GOOD.replace("\"x\"", "\"" + "x".repeat(1_100_000) + "\"");
        HttpResponse<String> answer = program.call("POST", "/v1/messages", big);
        assertThat(answer.statusCode()).isEqualTo(413);
        String chunked = raw("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(big.length()) + "\r\n" + big + "\r\n0\r\n\r\n", new byte[0]);
        assertThat(chunked).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
        assertThat(program.call("POST", "/v1/messages", GOOD).statusCode()).isEqualTo(202);
    }

    @Test
    void anotherContentTypeOrNoneIsRefused() throws Exception {
        HttpResponse<String> form = program.call("POST", "/v1/messages", GOOD, "Content-Type", "application/x-www-form-urlencoded");
        assertThat(form.statusCode()).isEqualTo(415);
        String none = raw("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + GOOD.length() + "\r\n\r\n" + GOOD, new byte[0]);
        assertThat(none).startsWith("HTTP/1.1 415").contains("CONTENT_TYPE_UNSUPPORTED");
    }

    @Test
    void aMessageIdTakenTwiceIsAConflict() throws Exception {
        String body = "{\"message_id\":\"order-1\",\"from\":\"a@shop.example\",\"to\":\"ann@gmail.com\",\"text\":\"x\"}";
        assertThat(program.call("POST", "/v1/messages", body).statusCode()).isEqualTo(202);
        HttpResponse<String> again = program.call("POST", "/v1/messages", body);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("MESSAGE_DUPLICATE").contains("order-1");
    }

    @Test
    void anUnknownMessageIsNotFound() throws Exception {
        HttpResponse<String> answer = program.call("GET", "/v1/messages/none-such", "");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("NOT_FOUND").contains("none-such");
    }

    @Test
    void eachLineOfNdjsonHasAResultAndABadOneHurtsNoOther() throws Exception {
        String lines = GOOD + "\n" + GOOD.replace("ann@gmail.com", "nobody") + "\n\n" + GOOD.replace("ann", "bob");
        HttpResponse<String> answer = program.call("POST", "/v1/messages", lines, "Content-Type", "application/x-ndjson");
        assertThat(answer.statusCode()).isEqualTo(200);
        List<JsonNode> results = Arrays.stream(answer.body().split("\n")).map(HttpApiIT::json).toList();
        assertThat(results).extracting(r -> r.get("line").asInt()).containsExactly(1, 2, 4);
        assertThat(results).extracting(r -> r.path("status").asText()).containsExactly("accepted", "", "accepted");
        assertThat(results.get(1).get("error").get("code").asText()).isEqualTo("ADDRESS_MALFORMED");
        program.eventually(results.get(2).get("message_id").asText(), "delivered");
    }

    @Test
    void manyResultsWaitOnDiskAndNotInMemory() throws Exception {
        Path spool = program.data().resolve("spool");
        int lines = 12_000;
        var request = new PipedOutputStream();
        var body = new PipedInputStream(request, 1 << 20);
        var answer = HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.config().http().port() + "/v1/messages"))
                .header("Content-Type", "application/x-ndjson").POST(HttpRequest.BodyPublishers.ofInputStream(() -> body)).build(), HttpResponse.BodyHandlers.ofLines());
        for (int i = 0; i < lines; i++) {
            request.write(BAD_LINE.getBytes(StandardCharsets.US_ASCII));
        }
        request.flush();
        await().atMost(TestProgram.PATIENCE).until(() -> size(spool) > 1_000_000);
        request.close();
        var numbers = answer.get(30, TimeUnit.SECONDS).body().map(line -> json(line).get("line").asInt()).toList();
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, lines).boxed().toList());
        await().atMost(TestProgram.PATIENCE).until(() -> size(spool) == 0);
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsAnswerLeavesNothingBehind() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", program.config().http().port())) {
            socket.setSoTimeout((int) TestProgram.PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(NDJSON_HEAD.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 400; i++) {
                chunk(out, BAD_LINE.repeat(100));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(socket.getInputStream().readNBytes(100)).hasSize(100);
        }
        await().atMost(TestProgram.PATIENCE).until(() -> size(program.data().resolve("spool")) == 0);
        await().atMost(TestProgram.PATIENCE).until(() -> program.camel().getInflightRepository().size("http-submit") == 0);
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void clientsThatStallKeepNobodyElseWaiting() throws Exception {
        var stalled = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket("127.0.0.1", program.config().http().port());
                stalled.add(socket);
                socket.getOutputStream().write((i % 2 == 0 ? NDJSON_HEAD : NDJSON_HEAD.replace("x-ndjson", "json")).getBytes(StandardCharsets.US_ASCII));
                chunk(socket.getOutputStream(), GOOD.substring(0, 20));
            }
            assertThat(program.call("POST", "/v1/messages", GOOD).statusCode()).isEqualTo(202);
            assertThat(program.call("POST", "/v1/messages", GOOD + "\n" + GOOD, "Content-Type", "application/x-ndjson").body().lines()).hasSize(2);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void aConnectionCutInTheMiddleOfALineLeavesTheLinesBeforeItAccepted() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", program.config().http().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(NDJSON_HEAD.getBytes(StandardCharsets.US_ASCII));
            chunk(out, GOOD.replace("ann", "before-the-cut") + "\n" + GOOD.substring(0, 30));
            // A cut that is seen before the body was read may take the body with it: nobody was told that the line was taken.
            await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where recipient = 'before-the-cut@gmail.com' and kind = 'accepted'") == 1);
        }
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where recipient = 'before-the-cut@gmail.com' and kind = 'delivered'") == 1);
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static JsonNode firstResult(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (!line.startsWith("{")) {
            line = in.readLine();
        }
        return json(line);
    }

    @Test
    void webPagesAreRefusedWhereNoKeyIsAskedFor() throws Exception {
        String head = "POST /v1/messages%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nConnection: close\r\n%sContent-Length: " + GOOD.length() + "\r\n\r\n" + GOOD;
        assertThat(raw(head.formatted("", "evil.example", ""), new byte[0])).startsWith("HTTP/1.1 403").contains("\"Host\"");
        assertThat(raw(head.formatted("", "localhost", "Origin: https://evil.example\r\n"), new byte[0])).startsWith("HTTP/1.1 403").contains("\"Origin\"");
        assertThat(raw(head.formatted("?Origin=http://localhost&Host=localhost", "evil.example", "Origin: https://evil.example\r\n"), new byte[0])).startsWith("HTTP/1.1 403");
        assertThat(raw(head.formatted("", "localhost:8025", "Origin: http://127.0.0.1:8025\r\n"), new byte[0])).startsWith("HTTP/1.1 202");
    }

    @Test
    void deadLettersAreListedAndReplayedByFilter() throws Exception {
        String one = program.submit("bounce1@gmail.com");
        String other = program.submit("bounce2@yahoo.com");
        await().atMost(TestProgram.PATIENCE).until(() -> program.call("GET", "/v1/dead-letters", "").body(), all -> all.contains(one) && all.contains(other));
        JsonNode ofYahoo = json(program.call("GET", "/v1/dead-letters?provider=yahoo", "").body());
        assertThat(ofYahoo.get("dead_letters")).extracting(letter -> letter.get("id").asText()).contains(other).doesNotContain(one);
        assertThat(json(program.call("GET", "/v1/dead-letters?limit=1&offset=1", "").body()).get("dead_letters")).hasSize(1);
        assertThat(program.call("GET", "/v1/dead-letters?limit=many", "").statusCode()).isEqualTo(400);
        await().atMost(TestProgram.PATIENCE).until(() -> program.call("DELETE", "/v1/suppressions/bounce2@yahoo.com?reason=again", "").statusCode() == 200);
        assertThat(json(program.call("POST", "/v1/dead-letters/all/replay?provider=yahoo&reason=again", "").body()).get("replayed").asInt())
                .isEqualTo(ofYahoo.get("total").asInt());
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where message_id = '" + other + "' and kind = 'bounced'") == 2);
        assertThat(program.count("select count(*) from event where message_id = '" + one + "' and kind = 'bounced'")).isEqualTo(1);
    }

    @Test
    void statusTellsQueuesWaitingDeadLettersAndPools() throws Exception {
        String id = program.submit("tempfail@gmail.com");
        program.eventually(id, "deferred");
        await().atMost(TestProgram.PATIENCE).untilAsserted(() -> {
            JsonNode status = json(program.call("GET", "/v1/status", "").body());
            assertThat(status.get("problems")).isEmpty();
            assertThat(status.get("waiting")).anySatisfy(w -> assertThat(w.get("provider").asText()).isEqualTo("google"));
            assertThat(status.get("pools")).singleElement().satisfies(pool -> assertThat(pool.get("health").asText()).isEqualTo("healthy"));
        });
        await().atMost(TestProgram.PATIENCE).until(() -> program.management("/observe/metrics"),
                metrics -> metrics.contains("dromedary_waiting{kind=\"deferred\",provider=\"google\"}") && metrics.contains("dromedary_queue_messages{queue=\"mail.event\"}")
                        && metrics.contains("dromedary_pool_available{pool=\"sink\"} 1.0") && metrics.contains("dromedary_smtp_connect_seconds_count{pool=\"sink\"}"));
    }

    private static String raw(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", program.config().http().port())) {
            socket.setSoTimeout((int) TestProgram.PATIENCE.toMillis());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
