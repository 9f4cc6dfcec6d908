package dev.dromedary.camel;

import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.event.EventSearch;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.suppression.SuppressionReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that finds messages by whom they are to and from, what they belong to, and what became of them. */
public final class SearchApi {
    private static final Duration USUAL = Duration.ofHours(24);
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    private final ApiCall call;
    private final EventSearch search;
    private final InstantSource clock;

    SearchApi(ApiCall call, EventSearch search, InstantSource clock) {
        this.call = call;
        this.search = search;
        this.clock = clock;
    }

    public void search(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "recipient", "sender", "stream", "campaign", "provider", "state", "from", "to", "limit");
        asked.forEach((name, value) -> {
            if (value.isEmpty() || value.indexOf('\0') >= 0) {
                throw new RefusedException(RefusalCode.FIELD_INVALID, name, value, "write what to look for, or leave the parameter out");
            }
        });
        Instant to = asked.containsKey("to") ? SuppressionReader.time("to", asked.get("to")) : clock.instant().plusSeconds(1);
        Instant from = asked.containsKey("from") ? SuppressionReader.time("from", asked.get("from")) : to.minus(USUAL);
        if (!from.isBefore(to)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "from", from.toString(), "write a time before to, which is " + to);
        }
        var wanted = new EventSearch.Wanted(asked.get("recipient"), asked.get("sender"), asked.get("stream"), asked.get("campaign"), asked.get("provider"), state(asked.get("state")));
        EventSearch.Found found = search.find(wanted, from, to, Math.max(1, ApiCall.number(asked, "limit", PAGE, LONGEST_PAGE)));
        ApiCall.answer(exchange, 200, Map.of("messages", found.messages().stream().map(SearchApi::shown).toList(), "searched_from", found.searchedFrom(), "complete", found.complete()));
    }

    private static @Nullable EventKind state(@Nullable String text) {
        List<String> known = EventSearch.STATES.stream().map(EventKind::id).toList();
        if (text != null && !known.contains(text)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "state", text, "write one of " + String.join(", ", known));
        }
        return text == null ? null : EventKind.ofId(text);
    }

    private static Map<String, @Nullable Object> shown(DeliveryEvent one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", one.messageId());
        out.put("from", one.sender() == null ? "" : one.sender());
        out.put("to", one.recipient());
        out.put("state", one.kind().id());
        out.put("at", one.at());
        out.put("attempt", one.attempt());
        out.put("provider", one.provider());
        out.put("pool", one.pool());
        out.put("stream", one.stream());
        out.put("campaign", one.campaign());
        out.put("code", one.code() == 0 ? null : one.code());
        out.put("detail", one.detail());
        return out;
    }
}
