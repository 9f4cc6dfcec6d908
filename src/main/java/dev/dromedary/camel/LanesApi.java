package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.hold.Hold;
import dev.dromedary.hold.Holds;
import dev.dromedary.retry.WaitingMatrix;
import dev.dromedary.store.EmbeddedBroker;
import dev.dromedary.store.QueueState;
import dev.dromedary.store.Queues;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call about lanes: what is queued and under way in the broker, what waits in the database, by provider and age. */
public final class LanesApi {
    private static final String UNAVAILABLE = "unavailable: the broker is outside; its own console has it";

    private final ApiCall call;
    private final DromedaryConfig config;
    private final @Nullable EmbeddedBroker broker;
    private final WaitingMatrix matrix;
    private final Holds holds;
    private final InstantSource clock;

    /** @param broker the embedded broker, or null: what an outside one holds cannot be seen */
    LanesApi(ApiCall call, DromedaryConfig config, @Nullable EmbeddedBroker broker, WaitingMatrix matrix, Holds holds, InstantSource clock) {
        this.call = call;
        this.config = config;
        this.broker = broker;
        this.matrix = matrix;
        this.holds = holds;
        this.clock = clock;
    }

    public void lanes(Exchange exchange) throws SQLException {
        call.open(exchange);
        Instant now = clock.instant();
        Map<String, WaitingMatrix.Row> waiting = matrix.at(now);
        Map<String, QueueState> queues = broker == null ? Map.of() : broker.queues().stream().collect(Collectors.toMap(QueueState::name, Function.identity()));
        // A provider that has left the configuration may still have mail.
        var providers = new TreeSet<>(config.providers().keySet());
        providers.addAll(waiting.keySet());
        var out = new LinkedHashMap<String, Object>();
        out.put("ages", WaitingMatrix.AGES);
        if (broker == null) {
            out.put("queues", UNAVAILABLE);
        }
        out.put("lanes", providers.stream().map(provider -> lane(provider, queues.get(Queues.lane(provider)), waiting.get(provider), now)).toList());
        ApiCall.answer(exchange, 200, out);
    }

    private Map<String, @Nullable Object> lane(String provider, @Nullable QueueState queue, WaitingMatrix.@Nullable Row waiting, Instant now) {
        var lane = new LinkedHashMap<String, @Nullable Object>();
        lane.put("provider", provider);
        Hold hold = holds.of(Hold.Kind.PROVIDER, provider);
        lane.put("hold", hold == null ? null : hold.text());
        if (broker != null) {
            lane.put("queued", queue == null ? 0 : Math.max(0, queue.messages() - queue.delivering()));
            lane.put("under_way", queue == null ? 0 : queue.delivering());
            lane.put("oldest_seconds", broker.oldest(Queues.lane(provider)).map(at -> Math.max(0, Duration.between(at, now).toSeconds())).orElse(null));
        }
        lane.put("waiting", waiting == null ? 0 : waiting.messages());
        lane.put("by_age", waiting == null ? WaitingMatrix.AGES.stream().map(age -> 0L).toList() : waiting.byAge());
        lane.put("reasons", waiting == null ? List.of() : waiting.reasons().stream().map(LanesApi::reason).toList());
        return lane;
    }

    private static Map<String, @Nullable Object> reason(WaitingMatrix.Reason reason) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("kind", reason.kind());
        out.put("category", reason.category());
        out.put("code", reason.code() == 0 ? null : reason.code());
        out.put("messages", reason.messages());
        out.put("for_example", reason.forExample());
        return out;
    }
}
