package dev.dromedary.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.dromedary.event.EventHistory;
import dev.dromedary.ingress.RequestKey;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.Refusal;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.message.NdjsonReader;
import dev.dromedary.monitor.Status;
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.LaneSender;
import dev.dromedary.store.MailFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The HTTP API's steps. Each first takes the headers it needs and then drops them all, so that no header of a request goes further. */
public final class HttpApi {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final int PAGE = 100;

    private final ApiGate gate;
    private final AcceptPort port;
    private final SubmissionReader reader;
    private final EventHistory history;
    private final DeadLetterStore dead;
    private final LaneSender lanes;
    private final Status status;
    private final int maxBody;
    private final int replayRetries;
    private final InstantSource clock;

    HttpApi(ApiGate gate, AcceptPort port, SubmissionReader reader, EventHistory history, DeadLetterStore dead, LaneSender lanes, Status status,
            int maxBody, int replayRetries, InstantSource clock) {
        this.gate = gate;
        this.port = port;
        this.reader = reader;
        this.history = history;
        this.dead = dead;
        this.lanes = lanes;
        this.status = status;
        this.maxBody = maxBody;
        this.replayRetries = replayRetries;
        this.clock = clock;
    }

    public void submit(Exchange exchange) throws IOException {
        Message in = exchange.getMessage();
        String authorization = in.getHeader("Authorization", String.class);
        String type = in.getHeader("Content-Type", "application/json", String.class);
        String key = in.getHeader("Idempotency-Key", String.class);
        InputStream body = in.getBody(InputStream.class);
        in.removeHeaders("*");
        gate.check(authorization);
        if (type.startsWith("application/x-ndjson")) {
            in.setHeader("Content-Type", "application/x-ndjson");
            in.setBody(submitLines(body));
        } else if (type.startsWith("application/json")) {
            byte[] request = readWhole(body);
            AcceptPort.Receipt receipt = port.accept(reader.readJson(request), Way.HTTP, key == null ? null : requestKey(key, request));
            answer(exchange, receipt.replayed() ? 200 : 202, receiptJson(receipt));
        } else {
            throw new RefusedException(RefusalCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", type, "send application/json or application/x-ndjson");
        }
    }

    public void history(Exchange exchange) throws SQLException {
        String id = open(exchange, "id");
        var events = history.of(id);
        if (events.isEmpty()) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the message_id that the submission was answered with; events arrive within a second");
        }
        answer(exchange, 200, Map.of("message_id", id, "events", events.stream().map(HttpApi::eventJson).toList()));
    }

    public void status(Exchange exchange) {
        open(exchange, null);
        answer(exchange, 200, status.now());
    }

    public void deadLetters(Exchange exchange) throws SQLException {
        open(exchange, null);
        answer(exchange, 200, Map.of("dead_letters", dead.list(MailFilter.ANY, PAGE, 0).stream().map(HttpApi::deadJson).toList(),
                "total", dead.count(MailFilter.ANY)));
    }

    public void replay(Exchange exchange) throws SQLException {
        String id = open(exchange, "id");
        int replayed = dead.replay(id.equals("all") ? MailFilter.ANY : MailFilter.ofIds(List.of(id)), Integer.MAX_VALUE, clock.instant(),
                batch -> lanes.send(batch.stream().map(letter -> letter.toLane(replayRetries, clock.instant())).toList()));
        answer(exchange, 200, Map.of("replayed", replayed));
    }

    /** The answer to any refusal. */
    public void refused(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().removeHeaders("*");
        if (caught instanceof RefusedException refused) {
            answer(exchange, refused.refusal().code().httpStatus(), refusalJson(refused.refusal()));
        } else {
            org.slf4j.LoggerFactory.getLogger(HttpApi.class).warn("[API_UNAVAILABLE] {}: {}", exchange.getFromRouteId(), caught.toString());
            answer(exchange, 503, refusalJson(new Refusal(RefusalCode.UNAVAILABLE, "database", "it did not answer", "try again later; accepting and delivering go on")));
        }
    }

    private String open(Exchange exchange, @Nullable String parameter) {
        String authorization = exchange.getMessage().getHeader("Authorization", String.class);
        String value = parameter == null ? "" : exchange.getMessage().getHeader(parameter, "", String.class);
        exchange.getMessage().removeHeaders("*");
        gate.check(authorization);
        return value;
    }

    private byte[] submitLines(InputStream body) throws IOException {
        var out = new ByteArrayOutputStream();
        try (NdjsonReader lines = new NdjsonReader(body, reader, maxBody)) {
            while (lines.hasNext()) {
                NdjsonReader.Line line = lines.next();
                var result = new LinkedHashMap<String, @Nullable Object>();
                result.put("line", line.number());
                result.putAll(lineResult(line));
                out.write(JSON.writeValueAsBytes(result));
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    private Map<String, ? extends @Nullable Object> lineResult(NdjsonReader.Line line) {
        try {
            return receiptJson(port.accept(line.submission(), Way.HTTP, null));
        } catch (RefusedException e) {
            return refusalJson(e.refusal());
        }
    }

    private static RequestKey requestKey(String key, byte[] request) {
        if (key.isEmpty() || key.length() > 255 || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "Idempotency-Key", key, "send 1-255 printable ASCII characters");
        }
        return RequestKey.of(key, request);
    }

    private byte[] readWhole(@Nullable InputStream body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.readNBytes(maxBody + 1);
        if (bytes.length > maxBody) {
            throw new RefusedException(RefusalCode.BODY_TOO_LARGE, "request", "more than " + maxBody + " bytes", "send less, or raise http.max-body");
        }
        return bytes;
    }

    private static Map<String, Object> receiptJson(AcceptPort.Receipt receipt) {
        var out = new LinkedHashMap<String, Object>();
        out.put("message_id", receipt.submissionId());
        out.put("status", receipt.replayed() ? "replayed" : "accepted");
        out.put("messages", receipt.messages().stream().map(m -> Map.of("id", m.id(), "to", m.to(), "provider", m.provider())).toList());
        out.put("suppressed", receipt.suppressed());
        return out;
    }

    private static Map<String, Object> refusalJson(Refusal refusal) {
        return Map.of("error", Map.of("code", refusal.code().name(), "subject", refusal.subject(), "seen", refusal.seen(), "advice", refusal.advice()));
    }

    private static Map<String, @Nullable Object> eventJson(dev.dromedary.event.DeliveryEvent e) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", e.messageId());
        out.put("event", e.kind().id());
        out.put("at", e.at());
        out.put("attempt", e.attempt());
        out.put("to", e.recipient());
        out.put("provider", e.provider());
        out.put("way", e.way());
        out.put("pool", e.pool());
        out.put("code", e.code() == 0 ? null : e.code());
        out.put("enhanced", e.enhanced());
        out.put("category", e.category());
        out.put("detail", e.detail());
        out.put("next_attempt", e.next());
        out.values().removeIf(java.util.Objects::isNull);
        return out;
    }

    private static Map<String, @Nullable Object> deadJson(dev.dromedary.store.DeadLetter letter) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", letter.envelope().id());
        out.put("to", letter.envelope().to().toString());
        out.put("outcome", letter.outcome().id());
        out.put("code", letter.code());
        out.put("category", letter.category());
        out.put("reason", letter.reason());
        out.put("pool", letter.pool());
        out.put("dead_at", letter.deadAt());
        out.put("replayed_at", letter.replayedAt());
        return out;
    }

    private static void answer(Exchange exchange, int code, Object body) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, code);
        exchange.getMessage().setHeader("Content-Type", "application/json");
        try {
            exchange.getMessage().setBody(JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of plain maps can always be written", e);
        }
    }
}
