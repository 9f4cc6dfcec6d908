package dev.dromedary.camel;

import dev.dromedary.message.DomainName;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.MalformedDomainException;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.store.AuditLog;
import dev.dromedary.suppression.Suppression;
import dev.dromedary.suppression.Suppression.Origin;
import dev.dromedary.suppression.SuppressionFilter;
import dev.dromedary.suppression.SuppressionLines;
import dev.dromedary.suppression.SuppressionReader;
import dev.dromedary.suppression.SuppressionStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about who gets no mail; docs/http-api.md describes them. */
public final class SuppressionApi {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;
    private static final int IMPORT_BATCH = 1_000;
    private static final List<String> FILTERS = List.of("address", "domain", "stream", "reason", "origin", "since");
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

    public void add(Exchange exchange) throws SQLException, IOException {
        RequestStream body = ApiBody.of(exchange);
        call.open(exchange);
        Suppression entry = new SuppressionReader(Origin.MANUAL).read(ApiBody.small(body), clock.instant());
        long begun = begun(exchange, "suppression.add", entry.address(), entry.stream(), entry.detail().isBlank() ? entry.reason() : entry.detail());
        store.put(List.of(entry));
        audit.ended(begun, 1);
        ApiCall.answer(exchange, 200, SuppressionJson.entry(entry));
    }

    /** Of one address: without {@code stream} its entries for every stream and for each. */
    public void remove(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "address", "stream", "reason");
        String reason = asked.containsKey("reason") ? ApiFields.reason(asked.get("reason")) : "none was given";
        String address = EmailAddress.parse(asked.getOrDefault("address", "")).toString();
        long begun = begun(exchange, "suppression.remove", address, asked.get("stream"), reason);
        int removed = store.remove(new SuppressionFilter(address, null, asked.get("stream"), null, null, null));
        audit.ended(begun, removed);
        if (removed == 0) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "address", address, "it is not on the list" + (asked.containsKey("stream") ? " for this stream" : ""));
        }
        ApiCall.answer(exchange, 200, Map.of("removed", removed));
    }

    private long begun(Exchange exchange, String action, String address, @Nullable String stream, String reason) throws SQLException {
        return audit.begun(new AuditLog.Entry(clock.instant(), ApiCall.by(exchange), action, address + (stream == null || stream.isEmpty() ? "" : " for stream " + stream), reason, null));
    }

    /** Of all that the parameters name; after a provider took every user for unknown, say. */
    public void removeMatching(Exchange exchange) throws SQLException {
        SuppressionFilter filter = filter(call.open(exchange, FILTERS));
        if (filter.equals(SuppressionFilter.ANY)) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "filter", "none", "name at least one of " + String.join(", ", FILTERS) + ": nothing empties the whole list at once");
        }
        ApiCall.answer(exchange, 200, Map.of("removed", store.remove(filter)));
    }

    /** Takes many a batch at a time. The answer names the lines that were refused, then counts. */
    public void importLines(Exchange exchange) throws SQLException, IOException {
        RequestStream body = ApiBody.of(exchange);
        String type = call.open(exchange, "Content-Type").getOrDefault("Content-Type", "none");
        boolean csv = type.startsWith("text/csv");
        if (!csv && !type.startsWith("application/x-ndjson")) {
            throw new RefusedException(RefusalCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", type, "send application/x-ndjson or text/csv");
        }
        exchange.getMessage().setHeader("Content-Type", "application/x-ndjson");
        exchange.getMessage().setBody(imported(exchange, body, csv));
    }

    private Object imported(Exchange exchange, InputStream body, boolean csv) throws IOException, SQLException {
        var answer = new SpooledAnswer(exchange, spool);
        var lines = new SuppressionLines(body, csv, new SuppressionReader(Origin.IMPORT));
        var batch = new ArrayList<Suppression>();
        long taken = 0;
        long refused = 0;
        try {
            for (SuppressionLines.Line line = lines.next(clock.instant()); line != null; line = lines.next(clock.instant())) {
                if (line.entry() != null) {
                    batch.add(line.entry());
                    taken++;
                } else if (line.refusal() != null) {
                    answer.line(ApiJson.bytes(SuppressionJson.refused(line.number(), line.refusal())));
                    refused++;
                }
                if (batch.size() == IMPORT_BATCH) {
                    store.put(batch);
                    batch.clear();
                }
            }
        } finally {
            // Of a request that broke off, the lines before count.
            store.put(batch);
        }
        answer.line(ApiJson.bytes(SuppressionJson.counts(taken, refused)));
        return answer.body();
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
