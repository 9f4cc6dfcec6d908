package dev.dromedary.camel;

import dev.dromedary.message.DomainName;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.MalformedDomainException;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.retry.WaitingFilter;
import dev.dromedary.store.AuditLog;
import dev.dromedary.suppression.Suppression;
import dev.dromedary.suppression.Suppression.Origin;
import dev.dromedary.suppression.SuppressionFilter;
import dev.dromedary.suppression.SuppressionLines;
import dev.dromedary.suppression.SuppressionReader;
import dev.dromedary.suppression.SuppressionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about who gets no mail; docs/http-api.md describes them. */
public final class SuppressionApi {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;
    private static final int IMPORT_BATCH = 1_000;
    private static final List<String> FILTERS = List.of("address", "domain", "stream", "reason", "origin", "since");
    /** A parameter for the audit log, where {@code reason} is that of an entry. */
    private static final String WHY = "why";
    private static final String CSV_HEAD = "address,stream,reason,detail,origin,since,expires";

    private final ApiCall call;
    private final SuppressionStore store;
    private final AuditLog audit;
    private final Path spool;
    private final InstantSource clock;

    /** @param spool folder for long answers until they are sent; must exist */
    SuppressionApi(ApiCall call, SuppressionStore store, AuditLog audit, Path spool, InstantSource clock) {
        this.call = call;
        this.store = store;
        this.audit = audit;
        this.spool = spool;
        this.clock = clock;
    }

    public void list(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, FILTERS, "limit", "offset");
        SuppressionFilter filter = filter(asked);
        var entries = store.list(filter, ApiCall.number(asked, "limit", PAGE, LONGEST_PAGE), ApiCall.number(asked, "offset", 0, Integer.MAX_VALUE));
        ApiCall.answer(exchange, 200, Map.of("suppressions", entries.stream().map(SuppressionJson::entry).toList(), "total", store.count(filter)));
    }

    /** The detail, or without one the reason in a word, goes into the audit log. */
    public void add(Exchange exchange) throws SQLException, IOException {
        RequestStream body = ApiBody.of(exchange);
        call.open(exchange);
        Suppression entry = new SuppressionReader(Origin.MANUAL).read(ApiBody.small(body), clock.instant());
        store.put(entry, audited(exchange, "suppression.add", subject(entry.address(), entry.stream()), entry.detail().isBlank() ? entry.reason() : entry.detail()));
        ApiCall.answer(exchange, 200, SuppressionJson.entry(entry));
    }

    /** Of one address: without {@code stream} its entries for every stream and for each. */
    public void remove(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "address", "stream", "reason");
        String address = EmailAddress.parse(asked.getOrDefault("address", "")).toString();
        String stream = asked.get("stream");
        String reason = ApiFields.reason(asked.get("reason"));
        int removed = store.remove(new SuppressionFilter(address, null, stream, null, null, null), audited(exchange, "suppression.remove", subject(address, stream), reason));
        if (removed == 0) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "address", address, "it is not on the list" + (stream == null ? "" : " for this stream"));
        }
        ApiCall.answer(exchange, 200, Map.of("removed", removed));
    }

    private static String subject(String address, @Nullable String stream) {
        return address + (stream == null || stream.isEmpty() ? "" : " for stream " + stream);
    }

    private AuditLog.Entry audited(Exchange exchange, String action, String subject, String why) {
        return new AuditLog.Entry(clock.instant(), ApiCall.by(exchange), action, subject, why, null);
    }

    /** Of all that the parameters name; after a provider took every user for unknown, say. */
    public void removeMatching(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, FILTERS, WHY);
        String why = asked.remove(WHY);
        SuppressionFilter filter = filter(asked);
        if (filter.equals(SuppressionFilter.ANY)) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "filter", "none", "name at least one of " + String.join(", ", FILTERS) + ": nothing empties the whole list at once");
        }
        long begun = audit.begun(audited(exchange, "suppression.remove", WaitingFilter.text(asked), ApiFields.reason(WHY, why)));
        int removed = store.remove(filter);
        audit.ended(begun, removed);
        ApiCall.answer(exchange, 200, Map.of("removed", removed));
    }

    /** Takes many a batch at a time. The answer names the lines that were refused, then counts. */
    public void importLines(Exchange exchange) throws SQLException, IOException {
        RequestStream body = ApiBody.of(exchange);
        Map<String, String> asked = call.open(exchange, "Content-Type", WHY);
        String type = asked.getOrDefault("Content-Type", "none");
        boolean csv = type.startsWith("text/csv");
        if (!csv && !type.startsWith("application/x-ndjson")) {
            throw new RefusedException(RefusalCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", type, "send application/x-ndjson or text/csv");
        }
        // Programs hand over their lists so: it takes nobody's mail away who did not ask for that.
        String why = asked.containsKey(WHY) ? ApiFields.reason(WHY, asked.get(WHY)) : "import";
        long begun = audit.begun(audited(exchange, "suppression.import", csv ? "CSV" : "NDJSON", why));
        exchange.getMessage().setHeader("Content-Type", "application/x-ndjson");
        exchange.getMessage().setBody(imported(exchange, new SuppressionLines(body, csv, new SuppressionReader(Origin.IMPORT)), begun));
    }

    private Object imported(Exchange exchange, SuppressionLines lines, long begun) throws IOException, SQLException {
        var answer = new SpooledAnswer(exchange, spool);
        var taken = new AtomicLong();
        int refused;
        try {
            refused = LineBatches.take(() -> line(lines.next(clock.instant())), IMPORT_BATCH, batch -> {
                store.put(batch);
                taken.addAndGet(batch.size());
            }, answer);
        } finally {
            audit.ended(begun, taken.get());
        }
        answer.line(ApiJson.bytes(SuppressionJson.counts(taken.get(), refused)));
        return answer.body();
    }

    private static LineBatches.@Nullable Line<Suppression> line(SuppressionLines.@Nullable Line line) {
        return line == null ? null : new LineBatches.Line<>(line.number(), line.entry(), line.refusal());
    }

    /** All that match, in a form that can be imported again. */
    public void export(Exchange exchange) throws SQLException, IOException {
        Map<String, String> asked = call.open(exchange, FILTERS, "format");
        String format = asked.getOrDefault("format", "ndjson");
        boolean csv = format.equals("csv");
        if (!csv && !format.equals("ndjson")) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "format", format, "write ndjson or csv");
        }
        var answer = new SpooledAnswer(exchange, spool);
        if (csv) {
            answer.line(CSV_HEAD.getBytes(StandardCharsets.US_ASCII));
        }
        store.export(filter(asked), entry -> write(answer, csv ? SuppressionJson.csv(entry).getBytes(StandardCharsets.UTF_8) : ApiJson.bytes(SuppressionJson.entry(entry))));
        exchange.getMessage().setHeader("Content-Type", csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
        exchange.getMessage().setBody(answer.body());
    }

    private static void write(SpooledAnswer answer, byte[] line) {
        try {
            answer.line(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SuppressionFilter filter(Map<String, String> asked) {
        asked.forEach((name, value) -> {
            if (value.indexOf('\0') >= 0) {
                throw new RefusedException(RefusalCode.FIELD_INVALID, name, value, "leave out the NUL");
            }
        });
        String since = asked.get("since");
        return new SuppressionFilter(asked.get("address"), domain(asked.get("domain")), asked.get("stream"), asked.get("reason"), asked.get("origin"),
                since == null ? null : SuppressionReader.time("since", since));
    }

    static @Nullable String domain(@Nullable String domain) {
        try {
            return domain == null ? null : DomainName.toAscii(domain);
        } catch (MalformedDomainException e) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "domain", domain, e.getMessage());
        }
    }
}
