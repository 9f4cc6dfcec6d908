package dev.dromedary.cli;

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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options and calls of the commands that ask a running Dromedary. */
final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A bulk operation or an export of a large backlog answers when it has come to its end. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(10);

    @Option(names = "--url", description = "API of the running Dromedary (default: ${DEFAULT-VALUE})", paramLabel = "URL",
            defaultValue = "${env:DROMEDARY_URL:-http://127.0.0.1:8025}")
    private String url = "http://127.0.0.1:8025";

    @Option(names = "--key-env", description = "environment variable with the API key (default: ${DEFAULT-VALUE})", paramLabel = "NAME",
            defaultValue = "DROMEDARY_API_KEY")
    private String keyEnv = "DROMEDARY_API_KEY";

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

    /** @param body JSON, or nothing. @return the answer, or null where it was none, which is then printed to standard error */
    @Nullable String send(String method, String path, byte[] body) throws InterruptedException {
        return call(method, path, "application/json", body);
    }

    /** For a parameter or a part of a path. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Copies the answer as it comes, however long it is. @return 0, or 1 where there was none, which is then printed to standard error */
    int copy(String path, OutputStream out) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = HttpClient.newHttpClient().send(request("GET", path, "application/json", new byte[0]).timeout(LONG_PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                body.transferTo(response.statusCode() < 300 ? out : System.err);
            }
            return response.statusCode() < 300 ? 0 : 1;
        } catch (IOException e) {
            report(e);
            return 1;
        }
    }

    private @Nullable String call(String method, String path, String contentType, byte[] body) throws InterruptedException {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(
                    request(method, path, contentType, body).timeout(method.equals("GET") ? PATIENCE : LONG_PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() < 300) {
                return response.body().stripTrailing();
            }
            System.err.println(response.body().stripTrailing());
        } catch (IOException e) {
            report(e);
        }
        return null;
    }

    private HttpRequest.Builder request(String method, String path, String contentType, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", contentType)
                .method(method, body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        String key = System.getenv(keyEnv);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request;
    }

    private void report(IOException e) {
        System.err.println(e instanceof ConnectException ? "[NOT_RUNNING] " + url + ": nothing answers; start it with: dromedary run, or name another with --url"
                : "[API_UNREACHABLE] " + url + ": " + e.getMessage() + "; see the log of the running Dromedary");
    }
}
