package dev.dromedary.camel;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.event.EventWriter;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
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
    private final EventWriter events;
    private final String node;
    private final InstantSource clock;

    DropApi(ApiCall call, DeadLetterStore dead, EventWriter events, String node, InstantSource clock) {
        this.call = call;
        this.dead = dead;
        this.events = events;
        this.node = node;
        this.clock = clock;
    }

    /** The event is written first: what is dropped without a word could not be told from what was lost. */
    public void drop(Exchange exchange) throws SQLException {
        String id = call.open(exchange, "id").getOrDefault("id", "");
        MailFilter named = MailFilter.ofIds(List.of(id));
        List<DeadLetter> letters = dead.list(named, Integer.MAX_VALUE, 0).stream().filter(letter -> letter.replayedAt() == null).toList();
        if (letters.isEmpty()) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "id", id, "name a dead letter that was not replayed; GET /v1/dead-letters lists them");
        }
        events.write(letters.stream().map(this::dropped).toList());
        ApiCall.answer(exchange, 200, Map.of("dropped", dead.drop(named)));
    }

    private DeliveryEvent dropped(DeadLetter letter) {
        var e = letter.envelope();
        return new DeliveryEvent(e.id(), e.submissionId(), EventKind.CANCELLED, e.attempt(), clock.instant(), null, e.from() == null ? null : e.from().toString(),
                e.to().toString(), e.provider(), letter.pool(), e.stream(), e.campaign(), e.tags(), 0, null, letter.category(),
                "dead letter dropped; it was: " + letter.reason(), e.size(), null, null, node, null, null);
    }
}
