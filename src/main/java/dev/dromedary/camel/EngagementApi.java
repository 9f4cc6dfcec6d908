package dev.dromedary.camel;

import dev.dromedary.engagement.Engagement;
import dev.dromedary.engagement.EngagementKind;
import dev.dromedary.engagement.Hours;
import dev.dromedary.message.BoundedRecords;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.store.EngagementStore;
import dev.dromedary.store.EngagementStore.Taken;
import dev.dromedary.suppression.Suppression;
import dev.dromedary.suppression.SuppressionStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about what recipients do with their mail; docs/engagement.md describes them. */
public final class EngagementApi {
    private static final int BATCH = 200;
    private static final int LONGEST_LINE = 16 << 10;

    private final ApiCall call;
    private final EngagementReader reader;
    private final EngagementStore store;
    private final SuppressionStore suppressions;
    private final BestHours times;
    private final MeterRegistry registry;
    private final Path spool;
    private final InstantSource clock;

    /** @param spool folder for long answers until they are sent; must exist */
    EngagementApi(ApiCall call, EngagementReader reader, EngagementStore store, SuppressionStore suppressions, BestHours times, MeterRegistry registry, Path spool,
            InstantSource clock) {
        this.call = call;
        this.reader = reader;
        this.store = store;
        this.suppressions = suppressions;
        this.times = times;
        this.registry = registry;
        this.spool = spool;
        this.clock = clock;
    }

    /** One event as JSON, or many as NDJSON, of which the refused are named by line and the rest is counted. */
    public void record(Exchange exchange) throws SQLException, IOException {
        RequestStream body = ApiBody.of(exchange);
        String type = call.open(exchange, "Content-Type").getOrDefault("Content-Type", "none");
        if (type.startsWith("application/x-ndjson")) {
            exchange.getMessage().setHeader("Content-Type", "application/x-ndjson");
            exchange.getMessage().setBody(lines(exchange, body));
        } else if (type.startsWith("application/json")) {
            Engagement event = checked(reader.read(ApiBody.small(body)));
            String became = taken(List.of(event)).get(0);
            ApiCall.answer(exchange, 200, Map.of("recorded", became, "suppressed", event.kind() == EngagementKind.UNSUBSCRIBE));
        } else {
            throw new RefusedException(RefusalCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", type, "send application/json or application/x-ndjson");
        }
    }

    private Object lines(Exchange exchange, InputStream body) throws SQLException, IOException {
        var answer = new SpooledAnswer(exchange, spool);
        var counts = new LinkedHashMap<String, Integer>();
        try (var records = new BoundedRecords(body, LONGEST_LINE, false)) {
            int refused = LineBatches.take(() -> line(records.next()), BATCH, batch -> taken(batch).forEach(one -> counts.merge(one, 1, Integer::sum)), answer);
            if (refused > 0) {
                counts.put("refused", refused);
            }
        }
        answer.line(ApiJson.bytes(counts));
        return answer.body();
    }

    private LineBatches.@Nullable Line<Engagement> line(BoundedRecords.@Nullable Cut cut) throws SQLException {
        if (cut == null) {
            return null;
        }
        try {
            if (cut.tooLong()) {
                throw new RefusedException(RefusalCode.BODY_TOO_LARGE, "line", cut.length() + " octets", "write at most " + LONGEST_LINE + " octets a line");
            }
            return new LineBatches.Line<>(cut.line(), checked(reader.read(cut.bytes())), null);
        } catch (RefusedException refused) {
            return new LineBatches.Line<>(cut.line(), null, refused.refusal());
        }
    }

    /** Somebody who leaves one stream's list still wants receipts, so it has to be said which. */
    private static Engagement checked(Engagement event) {
        if (event.kind() == EngagementKind.UNSUBSCRIBE && event.stream() == null) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "stream", "nothing", "name the stream that they left, or a message_id that is known; for all mail, POST /v1/suppressions");
        }
        return event;
    }

    /** @return what became of each */
    private List<String> taken(List<Engagement> events) throws SQLException {
        for (Engagement event : events) {
            if (event.kind() == EngagementKind.UNSUBSCRIBE) {
                suppressions.extend(new Suppression(event.recipient(), event.stream(), "unsubscribed", "told by POST /v1/engagement", Suppression.Origin.MANUAL, event.at(), null));
            }
        }
        var became = new ArrayList<String>();
        List<Taken> taken = store.record(events);
        for (int i = 0; i < taken.size(); i++) {
            became.add(taken.get(i).repeated() ? "repeated" : taken.get(i).standing().name().toLowerCase(Locale.ROOT));
            Counter.builder("dromedary.engagement").description("What recipients did, as it was told, and what was made of it").tag("kind", events.get(i).kind().id())
                    .tag("recorded", became.get(i)).register(registry).increment();
        }
        return became;
    }

    /** What is known of a recipient. */
    public void show(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "recipient", "stream");
        EmailAddress to = EmailAddress.parse(asked.getOrDefault("recipient", ""));
        String stream = asked.getOrDefault("stream", Submission.DEFAULT_STREAM);
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("recipient", to.toString());
        Hours own = store.recipients(List.of(to.toString())).get(to.toString());
        out.put("own", own == null ? null : hours(own));
        out.put("habit", times.habit(to, stream));
        out.put("send_time", times.shown(to, stream));
        ApiCall.answer(exchange, 200, out);
    }

    /** Forgets a recipient. */
    public void forget(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "recipient", "reason");
        String recipient = EmailAddress.parse(asked.getOrDefault("recipient", "")).toString();
        String reason = ApiFields.reason(asked.get("reason"));
        if (!store.forget(recipient, ApiCall.by(exchange), reason)) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "recipient", recipient, "nothing is known of when they read");
        }
        ApiCall.answer(exchange, 200, Map.of("forgotten", recipient));
    }

    private Map<String, Object> hours(Hours own) {
        var out = new LinkedHashMap<String, Object>();
        out.put("events", own.events());
        out.put("evidence", rounded(own.weight()));
        out.put("hours_utc", Arrays.stream(own.hours()).map(EngagementApi::rounded).toArray());
        out.put("days", Arrays.stream(own.days()).map(EngagementApi::rounded).toArray());
        out.put("as_of", clock.instant());
        return out;
    }

    private static double rounded(double weight) {
        return Math.round(weight * 100) / 100.0;
    }
}
