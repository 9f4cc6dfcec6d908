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
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.LaneSender;
import dev.dromedary.store.MailFilter;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API's steps. Each first takes the headers it needs and then drops them all, so that no header of a request goes further. */
public final class HttpApi {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;
    private static final List<String> FILTERS = List.of("id", "provider", "stream", "campaign", "domain", "pool", "category");

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
        Map<String, String> asked = open(exchange, "Content-Type", "Idempotency-Key");
        InputStream given = in.getBody(InputStream.class);
        InputStream body = given == null ? InputStream.nullInputStream() : given;
        String type = asked.getOrDefault("Content-Type", "none");
        String key = asked.get("Idempotency-Key");
        if (type.startsWith("application/x-ndjson")) {
            in.setHeader("Content-Type", "application/x-ndjson");
            in.setBody(new NdjsonAnswer(new NdjsonReader(body, reader, maxBody), this::lineResult));
        } else if (type.startsWith("application/json")) {
            byte[] request = readWhole(body);
            AcceptPort.Receipt receipt = port.accept(reader.readJson(request), Way.HTTP, key == null ? null : requestKey(key, request));
            answer(exchange, receipt.replayed() ? 200 : 202, ApiJson.receipt(receipt));
        } else {
            throw new RefusedException(RefusalCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", type, "send application/json or application/x-ndjson");
        }
    }

    public void history(Exchange exchange) throws SQLException {
        String id = open(exchange, "id").getOrDefault("id", "");
        var events = history.of(id);
        if (events.isEmpty()) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the message_id that the submission was answered with; events arrive within a second");
        }
        answer(exchange, 200, Map.of("message_id", id, "events", events.stream().map(ApiJson::event).toList()));
    }

    public void status(Exchange exchange) {
        open(exchange);
        answer(exchange, 200, status.now());
    }

    public void deadLetters(Exchange exchange) throws SQLException {
        Map<String, String> asked = open(exchange, with(FILTERS, "limit", "offset"));
        MailFilter filter = filter(asked);
        var letters = dead.list(filter, number(asked, "limit", PAGE, LONGEST_PAGE), number(asked, "offset", 0, Integer.MAX_VALUE));
        answer(exchange, 200, Map.of("dead_letters", letters.stream().map(ApiJson::deadLetter).toList(), "total", dead.count(filter)));
    }

    /** {@code id} is that of a message or submission, or {@code all}, which the other parameters narrow. */
    public void replay(Exchange exchange) throws SQLException {
        Map<String, String> asked = open(exchange, with(FILTERS));
        if ("all".equals(asked.get("id"))) {
            asked.remove("id");
        }
        int replayed = dead.replay(filter(asked), Integer.MAX_VALUE, clock.instant(),
                batch -> lanes.send(batch.stream().map(letter -> letter.toLane(replayRetries, clock.instant())).toList()));
        answer(exchange, 200, Map.of("replayed", replayed));
    }

    /** The answer to any refusal. */
    public void refused(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().removeHeaders("*");
        if (caught instanceof RefusedException refused) {
            answer(exchange, refused.refusal().code().httpStatus(), ApiJson.refusal(refused.refusal()));
        } else {
            LOG.warn("[API_UNAVAILABLE] {}: {}", exchange.getFromRouteId(), caught.toString());
            answer(exchange, 503, ApiJson.refusal(new Refusal(RefusalCode.UNAVAILABLE, "database", "it did not answer", "try again later; accepting and delivering go on")));
        }
    }

    /** Takes what is asked for out of headers and parameters, drops all others, and lets the caller in or not. */
    private Map<String, String> open(Exchange exchange, String... names) {
        Message in = exchange.getMessage();
        var caller = new ApiGate.Caller(in.getHeader("Authorization", String.class), in.getHeader("Host", String.class), in.getHeader("Origin", String.class));
        var asked = new HashMap<String, String>();
        for (String name : names) {
            String value = in.getHeader(name, String.class);
            if (value != null) {
                asked.put(name, value);
            }
        }
        in.removeHeaders("*");
        gate.check(caller);
        return asked;
    }

    private static String[] with(List<String> names, String... others) {
        return Stream.concat(names.stream(), Stream.of(others)).toArray(String[]::new);
    }

    private static MailFilter filter(Map<String, String> asked) {
        String id = asked.get("id");
        return new MailFilter(id == null ? List.of() : List.of(id), asked.get("provider"), asked.get("stream"), asked.get("campaign"), asked.get("domain"),
                asked.get("pool"), asked.get("category"));
    }

    private static int number(Map<String, String> asked, String name, int usual, int most) {
        String value = asked.get(name);
        try {
            int number = value == null ? usual : Integer.parseInt(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Said below, with the value.
        }
        throw new RefusedException(RefusalCode.FIELD_INVALID, name, value, "write a whole number from 0 to " + most);
    }

    private byte[] lineResult(NdjsonReader.Line line) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("line", line.number());
        try {
            result.putAll(ApiJson.receipt(port.accept(line.submission(), Way.HTTP, null)));
        } catch (RefusedException e) {
            result.putAll(ApiJson.refusal(e.refusal()));
        }
        byte[] json = ApiJson.bytes(result);
        byte[] ended = Arrays.copyOf(json, json.length + 1);
        ended[json.length] = '\n';
        return ended;
    }

    private static RequestKey requestKey(String key, byte[] request) {
        if (key.isEmpty() || key.length() > 255 || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "Idempotency-Key", key, "send 1-255 printable ASCII characters");
        }
        return RequestKey.of(key, request);
    }

    private byte[] readWhole(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(maxBody + 1);
        if (bytes.length > maxBody) {
            throw new RefusedException(RefusalCode.BODY_TOO_LARGE, "request", "more than " + maxBody + " bytes", "send less, or raise http.max-body");
        }
        return bytes;
    }

    private static void answer(Exchange exchange, int code, Object body) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, code);
        exchange.getMessage().setHeader("Content-Type", "application/json");
        exchange.getMessage().setBody(ApiJson.bytes(body));
    }
}
