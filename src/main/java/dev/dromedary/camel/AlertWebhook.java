package dev.dromedary.camel;

import dev.dromedary.config.AlertTargets.Webhook;
import dev.dromedary.store.Notice;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts notices, signed as Standard Webhooks describes (standardwebhooks.com). Safe for use by many threads. */
final class AlertWebhook {
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final InstantSource clock;
    /** HTTP/1.1, since to ask for more in clear confuses some servers. A redirect could lead a notice anywhere. */
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();

    AlertWebhook(InstantSource clock) {
        this.clock = clock;
    }

    /** Tries once. What is returned is complete soon after the hook's timeout, and never with an exception. */
    CompletableFuture<Told> tell(Webhook hook, Notice notice) {
        CompletableFuture<HttpResponse<String>> answer;
        try {
            answer = client.sendAsync(request(hook, notice), AnswerHead::of);
        } catch (IllegalArgumentException e) {
            // Its message would show the URL.
            return CompletableFuture.completedFuture(new Told.Failed("the URL or the secret cannot be used; see what bin/dromedary check says"));
        }
        // The request's own timeout ends with the head of the answer; this one covers its body too.
        return answer.copy().orTimeout(hook.timeout().toMillis(), TimeUnit.MILLISECONDS).handle((response, failure) -> {
            if (failure != null) {
                answer.cancel(true);
            }
            return failure == null ? told(response) : new Told.Failed(why(hook, failure));
        });
    }

    private HttpRequest request(Webhook hook, Notice notice) {
        byte[] body = body(notice).getBytes(StandardCharsets.UTF_8);
        long now = clock.instant().getEpochSecond();
        String id = id(notice);
        return HttpRequest.newBuilder(hook.url()).timeout(hook.timeout()).header("Content-Type", "application/json").header("User-Agent", "Dromedary")
                .header("webhook-id", id).header("webhook-timestamp", String.valueOf(now))
                .header("webhook-signature", WebhookSignature.of(hook.secrets(), id, now, body)).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    }

    static String id(Notice notice) {
        return "notice_" + notice.key();
    }

    /** The same at every attempt. */
    static String body(Notice notice) {
        return "{\"type\":\"alert." + notice.kind().id() + "\",\"timestamp\":\"" + notice.madeAt() + "\",\"data\":" + notice.body() + "}";
    }

    private Told told(HttpResponse<String> response) {
        int status = response.statusCode();
        String answer = response.body().isBlank() ? "" : ": " + response.body();
        return switch (status / 100) {
            case 2 -> new Told.Sent("answered " + status);
            case 3 -> new Told.Failed("answered " + status + ", and redirects are not followed: write the URL that it leads to");
            default -> status == GONE ? new Told.Gone("answered 410, so that it is told of this no more" + answer)
                    : new Told.Failed("answered " + status + answer, status == TOO_MANY || status == UNAVAILABLE ? RetryAfter.of(response.headers(), clock.instant()) : null);
        };
    }

    /** Without the URL, which may hold a secret. */
    private static String why(Webhook hook, Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "no answer within " + hook.timeout().toSeconds() + " s";
        }
        var text = new StringBuilder("no answer");
        for (Throwable one = cause; one != null; one = one.getCause()) {
            text.append(one == cause ? ": " : ", ").append(one.getClass().getSimpleName()).append(one.getMessage() == null ? "" : " " + one.getMessage());
        }
        return text.toString();
    }
}
