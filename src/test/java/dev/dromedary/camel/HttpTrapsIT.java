package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traps 13 to 15 at the HTTP port, with an API key in force. */
class HttpTrapsIT {
    private static final String KEY = "a-key-of-more-than-twenty-characters";
    private static final HttpClient STRANGER = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL, Map.of("TEST_API_KEY", KEY), Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    /** Trap 13: raw, since a client would tidy the path up. */
    @ParameterizedTest
    @ValueSource(strings = {"/pom.xml", "/config/dromedary.yaml", "/config/application.properties", "/../config/dromedary.yaml", "/v1/../pom.xml", "/v1/messages/../../pom.xml",
            "/%2e%2e/pom.xml", "/v1/%2e%2e/pom.xml", "/..%2fpom.xml", "//pom.xml", "/dashboard", "/dashboard/", "/dashboard/../pom.xml", "/dashboard/..%2fpom.xml", "/dashboard/%2e%2e%2f%2e%2e%2fpom.xml", "/dashboard/nothing.js", "/v1", "/observe/health", "/observe/metrics", "/q/dev", "/README.md", "/data/postgres/password"})
    void noFileIsServed(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + KEY + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("<project", "pools", "camel.main");
        String management = raw(program.config().management().port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        if (!path.startsWith("/observe")) {
            assertThat(management).startsWith("HTTP/1.1 404");
        }
    }

    /** Trap 15. */
    @ParameterizedTest
    @CsvSource({"POST, /v1/messages", "GET, /v1/messages/some-id", "GET, /v1/status", "GET, /v1/dead-letters", "POST, /v1/dead-letters/all/replay", "POST, /v1/messages?x=/public",
            "GET, /v1/messages/a%2Fb", "GET, //v1/status", "GET, /v1/status/", "GET, /V1/status"})
    void everyPathAsksForTheKey(String method, String path) throws Exception {
        for (String authorization : List.of("", "Bearer ", "Bearer wrong", "Basic " + KEY, "bearer")) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.config().http().port() + path)).timeout(TestProgram.PATIENCE)
                    .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : TestProgram.json("stranger@gmail.com")));
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            HttpResponse<String> answer = STRANGER.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path + " " + authorization).isIn(401, 404);
            if (path.matches("/v1/[a-z-]+[^%]*[a-z-]")) {
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.body()).contains("UNAUTHENTICATED").doesNotContain(KEY);
            }
        }
        assertThat(program.arrivals()).doesNotContainKey("stranger@gmail.com");
    }

    @Test
    void theKeyLetsIn() throws Exception {
        program.submit("friend@gmail.com");
        program.awaitArrivals(List.of("friend@gmail.com"));
        assertThat(program.call("GET", "/v1/status", "").statusCode()).isEqualTo(200);
    }

    /** Trap 15: useStreaming passes over the server's own bound. */
    @Test
    void aBodyOfUnknownLengthIsCutOffAtTheBound() throws Exception {
        var endless = new Endless(64L * 1024 * 1024);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.config().http().port() + "/v1/messages")).timeout(TestProgram.PATIENCE)
                .header("Content-Type", "application/json").header("Authorization", "Bearer " + KEY).POST(HttpRequest.BodyPublishers.ofInputStream(() -> endless));
        int status;
        try {
            status = STRANGER.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException closedBeforeItWasRead) {
            status = 413;
        }
        assertThat(status).isEqualTo(413);
        assertThat(program.call("GET", "/v1/status", "").statusCode()).as("and the next is answered").isEqualTo(200);
    }

    /** Trap 15: the bound is per line, so a long stream of short lines is fine and one endless line is not held. */
    @Test
    void oneEndlessLineOfAStreamIsRefusedAndNotHeld() throws Exception {
        var endless = new Endless(8L * 1024 * 1024);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.config().http().port() + "/v1/messages")).timeout(TestProgram.PATIENCE)
                .header("Content-Type", "application/x-ndjson").header("Authorization", "Bearer " + KEY).POST(HttpRequest.BodyPublishers.ofInputStream(() -> endless));
        HttpResponse<String> answer = STRANGER.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("BODY_TOO_LARGE");
    }

    /** Trap 15, before the key was checked nothing of the body may be worked on. */
    @Test
    void aStrangersBodyIsNotRead() throws Exception {
        String answer = raw("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 40\r\nConnection: close\r\n\r\n{\"from\":\"not json at all, 40 characters.");
        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    /** Trap 14. */
    @Test
    void headersAndParametersOfARequestHaveNoEffectAndAreNotEchoed() throws Exception {
        String foreign = "mail.smtp.host=evil.example&_AMQ_DUPL_ID=same&_AMQ_SCHED_DELIVERY=9999999999999&JMSPriority=9&CamelJmsDestinationName=mail.event"
                + "&CAmelJmsDestinationName=mail.event&CamelHttpResponseCode=299&CamelFileName=evil&To=evil@evil.example&Subject=evil&drm_to=evil@evil.example";
        for (String to : List.of("query1@gmail.com", "query2@gmail.com")) {
            HttpResponse<String> answer = program.call("POST", "/v1/messages?" + foreign, TestProgram.json(to), "CAmelJmsDestinationName", "mail.event", "CamelHttpResponseCode", "299",
                    "mail.smtp.host", "evil.example", "_AMQ_DUPL_ID", "same", "X-Reflected", "evil", "Bcc", "evil@evil.example");
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().map().toString()).doesNotContain("evil").doesNotContain("Camel").doesNotContain("AMQ");
        }
        program.awaitArrivals(List.of("query1@gmail.com", "query2@gmail.com"));
        assertThat(program.arrivals()).containsEntry("query1@gmail.com", 1).doesNotContainKey("evil@evil.example");
        assertThat(program.sink().messages()).allSatisfy(m -> assertThat(new String(m.content(), StandardCharsets.UTF_8)).doesNotContain("evil"));
        for (String path : List.of("/v1/status", "/v1/messages/none", "/v1/dead-letters")) {
            HttpResponse<String> answer = program.call("GET", path + "?X-Query=evil", "", "X-Reflected", "evil", "Origin", "http://evil.example");
            assertThat(answer.headers().map().toString()).as(path).doesNotContain("evil").doesNotContain("Bearer");
            assertThat(answer.body()).as(path).doesNotContain("evil");
        }
        HttpResponse<String> refused = program.call("POST", "/v1/messages", "{", "X-Reflected", "evil");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().map().toString()).doesNotContain("evil").doesNotContain("Bearer");
    }

    private static String raw(String request) throws IOException {
        return raw(program.config().http().port(), request);
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) TestProgram.PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** So many octets of a JSON string. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long octets) {
            this.left = octets;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'a' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(left, length);
            java.util.Arrays.fill(buffer, offset, offset + n, (byte) 'a');
            left -= n;
            return n;
        }
    }
}
