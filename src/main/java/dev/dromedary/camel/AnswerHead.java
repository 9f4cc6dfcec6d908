package dev.dromedary.camel;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The beginning of an answer's body; what comes after it is not read. Of an answer that says yes nothing is. */
final class AnswerHead implements HttpResponse.BodySubscriber<String> {
    static final int LONGEST = 2048;

    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final int longest;
    private Flow.@Nullable Subscription subscription;

    private AnswerHead(int longest) {
        this.longest = longest;
    }

    static AnswerHead of(HttpResponse.ResponseInfo info) {
        return new AnswerHead(info.statusCode() / 100 == 2 ? 0 : LONGEST);
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (longest == 0) {
            end(given);
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] some = new byte[Math.min(buffer.remaining(), longest - read.size())];
            buffer.get(some);
            read.writeBytes(some);
        }
        if (subscription != null && read.size() >= longest) {
            end(subscription);
        } else if (subscription != null) {
            subscription.request(1);
        }
    }

    private void end(Flow.Subscription open) {
        open.cancel();
        onComplete();
    }

    @Override
    public void onError(Throwable cause) {
        onComplete();
    }

    @Override
    public void onComplete() {
        body.complete(read.toString(StandardCharsets.UTF_8));
    }
}
