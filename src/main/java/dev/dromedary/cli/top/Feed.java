package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running Dromedary, call by call. A call that takes long is asked less often: at most a tenth of the time goes into it, so that
 * looking at an ailing program makes it no worse. A call that the program does not have is left out, and tried again after a minute.
 */
final class Feed {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final Duration ABSENT = Duration.ofMinutes(1);
    private static final Duration DETAILS = Duration.ofSeconds(2);
    private static final int SHARE = 9;
    private static final int LONGEST_TEXT = 300;

    private final Access access;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
    private final RateMeter meter = new RateMeter();
    private final Map<Call, Instant> due = new EnumMap<>(Call.class);
    private final Map<Call, String> faults = new EnumMap<>(Call.class);
    private Instant detailsDue = Instant.MIN;
    private Snapshot known;

    /** @param key the API key, or null where the environment has none under that name */
    record Access(String url, String keyName, @Nullable String key) {
    }

    Feed(Access access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
        this.known = Snapshot.empty(access.url());
    }

    /** That nobody answers, or nobody lets us in: there is no use in asking for anything else now. */
    private static final class NoAnswer extends Exception {
        private final String code;

        NoAnswer(String code, String text) {
            super(text);
            this.code = code;
        }
    }

    /** Asks for what is due. @return what is known then; not to be called by two threads at a time */
    Snapshot round(View view) throws InterruptedException {
        return round(view, List.of());
    }

    /** @param more paths of details that are looked at */
    Snapshot round(View view, List<String> more) throws InterruptedException {
        var answers = new EnumMap<Call, JsonNode>(Call.class);
        answers.putAll(known.answers());
        try {
            Rates rates = known.rates();
            for (Call call : Call.values()) {
                if (call.isFor(view) && !clock.instant().isBefore(due.getOrDefault(call, Instant.MIN))) {
                    take(call, answers);
                    rates = call == Call.THROUGHPUT && answers.containsKey(call) ? meter.read(answers.get(call)) : rates;
                }
            }
            known = new Snapshot(access.url(), answers, rates, clock.instant(), null, faults.values().stream().findFirst().orElse(null), details(more));
        } catch (NoAnswer e) {
            Snapshot.Trouble before = known.trouble();
            Instant since = before != null ? before.since() : known.answered() != null ? known.answered() : clock.instant();
            known = new Snapshot(access.url(), answers, known.rates(), known.answered(), new Snapshot.Trouble(e.code, e.getMessage(), since), null, known.details());
            due.clear();
            faults.clear();
        }
        return known;
    }

    private void take(Call call, Map<Call, JsonNode> answers) throws NoAnswer, InterruptedException {
        Instant start = clock.instant();
        HttpResponse<byte[]> answer = ask(call.path);
        Instant end = clock.instant();
        // The first takes longer, here and there, than those that follow.
        Duration rest = due.containsKey(call) ? Duration.between(start, end).multipliedBy(SHARE) : Duration.ZERO;
        due.put(call, end.plus(rest.compareTo(call.period) > 0 ? rest : call.period));
        faults.remove(call);
        if (answer.statusCode() == 200) {
            answers.put(call, json(answer.body()));
        } else if (answer.statusCode() == 404 && call != Call.THROUGHPUT) {
            answers.remove(call);
            due.put(call, end.plus(ABSENT));
        } else if (call == Call.THROUGHPUT) {
            throw answer.statusCode() >= 500 ? new NoAnswer("API_FAILS", answer.statusCode() + " " + text(answer.body())) : noDromedary();
        } else {
            faults.put(call, call.path.replaceFirst("\\?.*", "") + ": " + answer.statusCode() + " " + text(answer.body()));
        }
    }

    private Map<String, JsonNode> details(List<String> paths) throws NoAnswer, InterruptedException {
        var details = new HashMap<String, JsonNode>();
        for (String path : paths) {
            Instant start = clock.instant();
            if (known.details().containsKey(path) && start.isBefore(detailsDue)) {
                details.put(path, known.details().get(path));
                continue;
            }
            HttpResponse<byte[]> answer = ask(path);
            details.put(path, answer.statusCode() == 200 ? json(answer.body()) : MissingNode.getInstance());
            Duration rest = Duration.between(start, clock.instant()).multipliedBy(SHARE);
            detailsDue = clock.instant().plus(rest.compareTo(DETAILS) > 0 ? rest : DETAILS);
        }
        return Map.copyOf(details);
    }

    /** It is asked for the next time, however long it took this time. */
    void forget(Call call) {
        due.remove(call);
    }

    /** Whatever is known is asked for anew the next time. */
    void forget() {
        detailsDue = Instant.MIN;
        due.clear();
    }

    private HttpResponse<byte[]> ask(String path) throws NoAnswer, InterruptedException {
        HttpResponse<byte[]> answer = exchange(path);
        int status = answer.statusCode();
        if (status == 401) {
            throw new NoAnswer("KEY_MISSING", access.key() == null ? "it asks for an API key: put one into the environment variable " + access.keyName() + ", or name another variable with --key-env"
                    : "it does not know the API key in " + access.keyName() + ": use the key of an entry of http.api-keys, or name another variable with --key-env");
        }
        if (status == 403) {
            throw new NoAnswer("KEY_REFUSED", "it lets nobody in this way" + (access.key() == null ? " (no API key in " + access.keyName() + ")" : "") + ": " + text(answer.body()));
        }
        return answer;
    }

    private HttpResponse<byte[]> exchange(String path) throws NoAnswer, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sent = null;
        try {
            var request = HttpRequest.newBuilder(URI.create(access.url() + path)).timeout(ANSWER);
            if (access.key() != null) {
                request.header("Authorization", "Bearer " + access.key());
            }
            sent = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            // The request's own limit ends with the head of the answer.
            return sent.get(ANSWER.plus(CONNECT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalArgumentException e) {
            throw new NoAnswer("URL_INVALID", e.getMessage() + "; write it like http://127.0.0.1:8025");
        } catch (TimeoutException e) {
            throw new NoAnswer("API_SLOW", "no answer within " + ANSWER.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw why(e.getCause());
        } finally {
            if (sent != null) {
                sent.cancel(true);
            }
        }
    }

    private static NoAnswer why(@Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
            return new NoAnswer("API_SLOW", "no answer within " + ANSWER.toSeconds() + " s");
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return new NoAnswer("NOT_RUNNING", "no such host; name another with --url");
            }
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new NoAnswer("NOT_RUNNING", "nothing answers there; start it with: dromedary run, or name another with --url");
        }
        return new NoAnswer("API_UNREACHABLE", cause == null ? "unknown" : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private static JsonNode json(byte[] body) throws NoAnswer {
        try {
            JsonNode read = JSON.readTree(body);
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw noDromedary();
    }

    private static NoAnswer noDromedary() {
        return new NoAnswer("ANSWER_UNREADABLE", "what answers there is no Dromedary; name its API with --url");
    }

    /** A refusal in words. */
    private static String text(byte[] body) {
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        try {
            JsonNode error = JSON.readTree(body).path("error");
            text = error.isObject() ? "[%s] %s: %s; %s".formatted(error.path("code").asText(), error.path("subject").asText(), error.path("seen").asText(), error.path("advice").asText()) : text;
        } catch (IOException e) {
            // Shown as it is.
        }
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
