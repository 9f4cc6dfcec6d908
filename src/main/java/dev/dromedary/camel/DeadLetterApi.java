package dev.dromedary.camel;

import dev.dromedary.message.HeaderFields;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.retry.WaitingFilter;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.DeadLetter;
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.LaneSender;
import dev.dromedary.store.MailFilter;
import dev.dromedary.store.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about messages given up. */
public final class DeadLetterApi {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;
    private static final int BATCH = 500;
    private static final String ALL = "all";

    private final ApiCall call;
    private final DeadLetterStore dead;
    private final LaneSender lanes;
    private final AuditLog audit;
    private final Path spool;
    private final int replayRetries;
    private final InstantSource clock;

    /**
     * @param spool         folder for long answers until they are sent; must exist
     * @param replayRetries attempts of a replayed message after its first
     */
    DeadLetterApi(ApiCall call, DeadLetterStore dead, LaneSender lanes, AuditLog audit, Path spool, int replayRetries, InstantSource clock) {
        this.call = call;
        this.dead = dead;
        this.lanes = lanes;
        this.audit = audit;
        this.spool = spool;
        this.replayRetries = replayRetries;
        this.clock = clock;
    }

    public void list(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, ApiFilter.NAMES, "limit", "offset");
        MailFilter filter = ApiFilter.of(asked);
        var letters = dead.list(filter, ApiCall.number(asked, "limit", PAGE, LONGEST_PAGE), ApiCall.number(asked, "offset", 0, Integer.MAX_VALUE));
        ApiCall.answer(exchange, 200, Map.of("dead_letters", letters.stream().map(ApiJson::deadLetter).toList(), "total", dead.count(filter)));
    }

    /** All that is known of one, with the message's header fields, or its bytes. */
    public void show(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "id", "raw");
        boolean raw = flag(asked, "raw");
        String id = asked.getOrDefault("id", "");
        DeadLetter.Whole whole = dead.get(id).orElseThrow(() ->
                new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the id of one message; GET /v1/dead-letters lists them"));
        if (raw) {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
            exchange.getMessage().setHeader("Content-Type", "message/rfc822");
            exchange.getMessage().setBody(whole.body());
            return;
        }
        Map<String, @Nullable Object> out = described(whole);
        out.put("headers", HeaderFields.of(whole.body()));
        ApiCall.answer(exchange, 200, out);
    }

    /** One letter a line, the oldest first, read from the database as it is written. */
    public void export(Exchange exchange) throws SQLException, IOException {
        Map<String, String> asked = call.open(exchange, ApiFilter.NAMES, "raw");
        boolean raw = flag(asked, "raw");
        MailFilter filter = ApiFilter.of(asked);
        var lines = new SpooledAnswer(exchange, spool);
        dead.export(filter, whole -> line(lines, whole, raw));
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        exchange.getMessage().setHeader("Content-Type", "application/x-ndjson");
        exchange.getMessage().setBody(lines.body());
    }

    private static void line(SpooledAnswer lines, DeadLetter.Whole whole, boolean raw) {
        Map<String, @Nullable Object> line = described(whole);
        if (raw) {
            line.put("raw", Base64.getEncoder().encodeToString(whole.body()));
        }
        try {
            lines.line(ApiJson.bytes(line));
        } catch (IOException e) {
            throw new StorageException("[SPOOL_UNWRITABLE] data/spool: " + e.getMessage() + "; the export was broken off; make room and ask again, or narrow it", e);
        }
    }

    private static Map<String, @Nullable Object> described(DeadLetter.Whole whole) {
        Map<String, @Nullable Object> out = ApiJson.deadLetter(whole.letter());
        var envelope = whole.letter().envelope();
        out.put("submission_id", envelope.submissionId());
        out.put("enhanced", whole.letter().enhanced());
        out.put("attempt", envelope.attempt());
        out.put("accepted_at", envelope.acceptedAt());
        out.put("tags", envelope.tags());
        out.put("route", envelope.route());
        out.put("size", whole.body().length);
        return out;
    }

    /** {@code id} is that of a message or submission, or {@code all}, which the other parameters narrow. */
    public void replay(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, ApiFilter.NAMES, "reason");
        String reason = ApiFields.reason(asked.remove("reason"));
        if (ALL.equals(asked.get("id"))) {
            asked.remove("id");
        }
        MailFilter filter = ApiFilter.of(asked);
        long entry = audit.begun(new AuditLog.Entry(clock.instant(), ApiCall.by(exchange), "dead.replay", WaitingFilter.text(asked), reason, null));
        Instant now = clock.instant();
        int replayed = 0;
        int batch;
        do {
            batch = dead.replay(filter, BATCH, now, letters -> lanes.send(letters.stream().map(letter -> letter.toLane(replayRetries, now)).toList()));
            replayed += batch;
        } while (batch > 0);
        audit.ended(entry, replayed);
        ApiCall.answer(exchange, 200, Map.of("replayed", replayed));
    }

    private static boolean flag(Map<String, String> asked, String name) {
        String value = asked.getOrDefault(name, "false");
        if (!List.of("true", "false").contains(value)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, name, value, "write true or false");
        }
        return value.equals("true");
    }
}
