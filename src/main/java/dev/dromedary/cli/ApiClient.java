package dev.dromedary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options and calls of the commands that ask a running Dromedary. */
final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG_PATIENCE = Duration.ofHours(1);

    @Option(names = "--url", description = "API of the running Dromedary (default: ${DEFAULT-VALUE})", paramLabel = "URL",
            defaultValue = "${env:DROMEDARY_URL:-http://127.0.0.1:8025}")
    private String url = "http://127.0.0.1:8025";

    @Option(names = "--key-env", description = "environment variable with the API key (default: ${DEFAULT-VALUE})", paramLabel = "NAME",
            defaultValue = "DROMEDARY_API_KEY")
    private String keyEnv = "DROMEDARY_API_KEY";

    String url() {
        return url;
    }

    /** The environment variable with the API key. */
    String keyEnv() {
        return keyEnv;
    }

    @Nullable String key() {
        return System.getenv(keyEnv);
    }

    /** Prints the answer to standard output and returns 0, or to standard error and returns 1. */
    int print(String method, String path, String contentType, byte[] body) throws InterruptedException {
        String answer = call(method, path, contentType, body);
        if (answer != null) {
            System.out.println(answer);
        }
        return answer == null ? 1 : 0;
    }

    /** @return the answer, or null where it was none, which is then printed to standard error */
    @Nullable String get(String path) throws InterruptedException {
        return call("GET", path, "application/json", new byte[0]);
    }

    /** Prints what a path answers. @param view of it for people, line ends included @return the exit status: 1 where there was no answer */
    int show(String path, boolean json, Function<JsonNode, String> view) throws InterruptedException, JsonProcessingException {
        String answer = get(path);
        if (answer == null) {
            return 1;
        }
        System.out.print(json ? answer + System.lineSeparator() : view.apply(new ObjectMapper().readTree(answer)));
        return 0;
    }

    /** For what may take its time over a large backlog. @param body JSON, or nothing. @return the answer, or null where it was none, which is then printed to standard error */
    @Nullable String send(String method, String path, byte[] body) throws InterruptedException {
        var publisher = body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        return exchange(method, path, "application/json", publisher, LONG_PATIENCE, ApiClient::text);
    }

    /** For a parameter or a part of a path. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends a stream of any length and prints the answer. */
    int upload(String path, String contentType, InputStream body) throws InterruptedException {
        String answer = exchange("POST", path, contentType, HttpRequest.BodyPublishers.ofInputStream(() -> body), LONG_PATIENCE, in -> {
            in.transferTo(System.out);
            return "";
        });
        return answer == null ? 1 : 0;
    }

    /** Writes an answer of any length. */
    int download(String path, OutputStream to) throws InterruptedException {
        String answer = exchange("GET", path, "application/json", HttpRequest.BodyPublishers.noBody(), LONG_PATIENCE, in -> {
            in.transferTo(to);
            to.flush();
            return "";
        });
        return answer == null ? 1 : 0;
    }

    private @Nullable String call(String method, String path, String contentType, byte[] body) throws InterruptedException {
        var publisher = body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        return exchange(method, path, contentType, publisher, PATIENCE, ApiClient::text);
    }

    private interface Reading {
        String read(InputStream answer) throws IOException;
    }

    private static String text(InputStream answer) throws IOException {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }

    private @Nullable String exchange(String method, String path, String contentType, HttpRequest.BodyPublisher body, Duration patience, Reading reading)
            throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(patience).header("Content-Type", contentType).method(method, body);
            String key = key();
            if (key != null) {
                request.header("Authorization", "Bearer " + key);
            }
            HttpResponse<InputStream> response = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream answer = response.body()) {
                if (response.statusCode() < 300) {
                    return reading.read(answer);
                }
                System.err.println(text(answer));
            }
        } catch (ConnectException e) {
            System.err.println("[NOT_RUNNING] " + url + ": nothing answers; start it with: dromedary run, or name another with --url");
        } catch (IOException e) {
            System.err.println("[API_UNREACHABLE] " + url + ": " + e.getMessage() + "; see the log of the running Dromedary");
        }
        return null;
    }
}
