package dev.dromedary.camel;

import dev.dromedary.event.EventHistory;
import dev.dromedary.ingress.RequestKey;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.NdjsonReader;
import dev.dromedary.message.Refusal;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.monitor.Status;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API's steps. Each first takes the headers it needs and then drops them all, so that no header of a request goes further. */
public final class HttpApi {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    /** The property with the {@link RequestStream} of a call that reads its body itself. */
    static final String BODY = "body";

    private final ApiCall call;
    private final AcceptPort port;
    private final SubmissionReader reader;
    private final EventHistory history;
    private final Status status;
    private final Path spool;
    private final int maxBody;

    /** @param spool folder for long answers until they are sent; must exist */
    HttpApi(ApiCall call, AcceptPort port, SubmissionReader reader, EventHistory history, Status status, Path spool, int maxBody) {
        this.call = call;
        this.port = port;
        this.reader = reader;
        this.history = history;
        this.status = status;
        this.spool = spool;
        this.maxBody = maxBody;
    }

    /** The body is the request itself, still to be read: {@link RequestStream}. */
    public void submit(Exchange exchange) throws IOException {
        Message in = exchange.getMessage();
        var body = new RequestStream(in.getBody(HttpServerRequest.class));
        exchange.setProperty(BODY, body);
        Map<String, String> asked = call.open(exchange, "Content-Type", "Idempotency-Key");
        String type = asked.getOrDefault("Content-Type", "none");
        String key = asked.get("Idempotency-Key");
        if (type.startsWith("application/x-ndjson")) {
            in.setHeader("Content-Type", "application/x-ndjson");
            in.setBody(lineResults(exchange, body));
        } else if (type.startsWith("application/json")) {
            byte[] request = readWhole(body);
            AcceptPort.Receipt receipt = port.accept(port.read(Way.HTTP, () -> reader.readJson(request)), Way.HTTP, key == null ? null : requestKey(key, request));
            ApiCall.answer(exchange, receipt.replayed() ? 200 : 202, ApiJson.receipt(receipt));
        } else {
            throw port.refusing(Way.HTTP, new RefusedException(RefusalCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", type, "send application/json or application/x-ndjson"));
        }
    }

    public void history(Exchange exchange) throws SQLException {
        String id = call.open(exchange, "id").getOrDefault("id", "");
        var events = history.of(id);
        if (events.isEmpty()) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the message_id that the submission was answered with; events arrive within a second");
        }
        ApiCall.answer(exchange, 200, ApiJson.history(id, events));
    }

    public void status(Exchange exchange) {
        call.open(exchange);
        ApiCall.answer(exchange, 200, status.now());
    }

    /** The answer to any refusal. */
    public void refused(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().removeHeaders("*");
        RequestStream body = exchange.getProperty(BODY, RequestStream.class);
        if (body != null) {
            body.close();
            exchange.getMessage().setHeader("Connection", "close");
        }
        if (caught instanceof RefusedException refused) {
            ApiCall.answer(exchange, refused.refusal().code().httpStatus(), ApiJson.refusal(refused.refusal()));
        } else if (caught instanceof IOException || caught instanceof UncheckedIOException) {
            var refusal = new Refusal(RefusalCode.REQUEST_INCOMPLETE, "request", String.valueOf(caught.getMessage()), "send all of it; of NDJSON, the lines before were taken");
            ApiCall.answer(exchange, refusal.code().httpStatus(), ApiJson.refusal(refusal));
        } else {
            LOG.warn("[API_UNAVAILABLE] {}: {}", exchange.getFromRouteId(), caught.toString());
            ApiCall.answer(exchange, 503, ApiJson.refusal(new Refusal(RefusalCode.UNAVAILABLE, "database", "it did not answer", "try again later; accepting and delivering go on")));
        }
    }

    /** Accepts line by line as they come. The results are sent when the request has ended: {@link SpooledAnswer}. */
    private Object lineResults(Exchange exchange, InputStream body) throws IOException {
        var results = new SpooledAnswer(exchange, spool);
        try (var lines = new NdjsonReader(body, reader, maxBody)) {
            while (lines.hasNext()) {
                results.line(ApiJson.bytes(lineResult(lines.next())));
            }
        }
        return results.body();
    }

    private Map<String, @Nullable Object> lineResult(NdjsonReader.Line line) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("line", line.number());
        try {
            result.putAll(ApiJson.receipt(port.accept(port.read(Way.HTTP, line::submission), Way.HTTP, null)));
        } catch (RefusedException e) {
            result.putAll(ApiJson.refusal(e.refusal()));
        }
        return result;
    }

    private RequestKey requestKey(String key, byte[] request) {
        if (key.isEmpty() || key.length() > 255 || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw port.refusing(Way.HTTP, new RefusedException(RefusalCode.FIELD_INVALID, "Idempotency-Key", key, "send 1-255 printable ASCII characters"));
        }
        return RequestKey.of(key, request);
    }

    private byte[] readWhole(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(maxBody + 1);
        if (bytes.length > maxBody) {
            throw port.refusing(Way.HTTP, new RefusedException(RefusalCode.BODY_TOO_LARGE, "request", "more than " + maxBody + " bytes", "send less, or raise http.max-body"));
        }
        return bytes;
    }
}
