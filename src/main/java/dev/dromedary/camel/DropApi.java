package dev.dromedary.camel;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.event.EventWriter;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.DeadLetter;
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.MailFilter;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Lets a person decide that a dead letter is not to be sent, such as one in doubt that has arrived after all. */
public final class DropApi {
    private final ApiCall call;
    private final DeadLetterStore dead;
    private final String node;
    private final InstantSource clock;

    DropApi(ApiCall call, DeadLetterStore dead, String node, InstantSource clock) {
        this.call = call;
        this.dead = dead;
        this.node = node;
        this.clock = clock;
    }

    /** With its events and its entry in the audit log: what is dropped without a word could not be told from what was lost. */
    public void drop(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "id", "reason");
        String id = asked.getOrDefault("id", "");
        var entry = new AuditLog.Entry(clock.instant(), ApiCall.by(exchange), "dead.drop", "id=" + id, ApiFields.reason(asked.get("reason")), null);
        int dropped = dead.drop(MailFilter.ofIds(List.of(id)), (connection, letters) -> {
            EventWriter.write(connection, letters.stream().map(letter -> dropped(letter, entry.reason())).toList());
            AuditLog.write(connection, entry.touching(letters.size()));
        });
        if (dropped == 0) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "id", id, "name a dead letter that was not replayed; GET /v1/dead-letters lists them");
        }
        ApiCall.answer(exchange, 200, Map.of("dropped", dropped));
    }

    private DeliveryEvent dropped(DeadLetter letter, String reason) {
        var e = letter.envelope();
        return new DeliveryEvent(e.id(), e.submissionId(), EventKind.CANCELLED, e.attempt(), clock.instant(), null, e.from() == null ? null : e.from().toString(),
                e.to().toString(), e.provider(), letter.pool(), e.stream(), e.campaign(), e.tags(), 0, null, letter.category(),
                "dead letter dropped: " + reason + "; it was: " + letter.reason(), e.size(), null, null, node, null, null);
    }
}
