package dev.dromedary.camel;

import dev.dromedary.brain.Brain;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.PoolView;
import dev.dromedary.pool.RoomRequest;
import dev.dromedary.pool.RouteTable;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.provider.Resolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that tells where mail to an address would go now, and why. */
public final class ExplainApi {
    private static final int DRAWS = 1_000;

    private final ApiCall call;
    private final DromedaryConfig config;
    private final ProviderDirectory providers;
    private final Brain brain;
    private final PoolBoard board;
    private final RouteTable routes;
    private final BestHours times;

    ExplainApi(ApiCall call, DromedaryConfig config, ProviderDirectory providers, Brain brain, PoolBoard board, BestHours times) {
        this.call = call;
        this.config = config;
        this.providers = providers;
        this.brain = brain;
        this.board = board;
        this.times = times;
        this.routes = new RouteTable(config.routes(), RandomGenerator.getDefault());
    }

    /** @throws RefusedException where an address is none */
    public void explain(Exchange exchange) {
        Map<String, String> asked = call.open(exchange, "to", "stream", "from");
        EmailAddress to = EmailAddress.parse(asked.getOrDefault("to", ""));
        String stream = asked.getOrDefault("stream", Submission.DEFAULT_STREAM);
        String from = asked.getOrDefault("from", "");
        String senderDomain = from.isEmpty() ? "" : EmailAddress.parse(from).domain();
        Resolution resolution = providers.resolve(to.domain());
        DromedaryConfig.DeliveryRoute route = routes.routeFor(to.domain(), resolution.provider(), stream, senderDomain).orElse(null);
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("to", to.toString());
        out.put("provider", resolution.provider());
        out.put("because", resolution.reason());
        out.put("stream", stream);
        out.put("route", route == null ? null : route.id());
        pools(out, route, resolution.provider());
        out.put("send_time", times.shown(to, stream));
        ApiCall.answer(exchange, 200, out);
    }

    private void pools(Map<String, @Nullable Object> out, DromedaryConfig.@Nullable DeliveryRoute route, String provider) {
        Map<String, Integer> odds = route == null ? Map.of()
                : board.odds(new RoomRequest(route, provider, PriorityClass.NORMAL, Set.of(), true), brain.chooser(new SplittableRandom()), DRAWS);
        out.put("most_likely", odds.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(null));
        out.put("pools", route == null ? List.of() : route.pools().stream().map(pool -> pool(pool, provider, odds)).toList());
    }

    private Map<String, @Nullable Object> pool(String id, String provider, Map<String, Integer> odds) {
        PoolView view = board.view(id, provider);
        Ceiling ceiling = brain.of(id, provider);
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", id);
        out.put("share", odds.getOrDefault(id, 0) / (double) DRAWS);
        out.put("weight", config.pools().get(id).weight());
        ReputationJson.add(out, brain.reputation().of(id, provider));
        out.put("health", view.health());
        out.put("in_flight", view.inFlight());
        out.put("in_flight_to_provider", view.inFlightToProvider());
        out.put("mean_seconds", Double.isNaN(view.meanSeconds()) ? null : ReputationJson.rounded(view.meanSeconds()));
        out.put("binding", view.binding());
        out.put("warm_up", warmUp(id, provider));
        out.put("ceiling", ceiling == Ceiling.NONE ? null : ceiling(ceiling, view));
        return out;
    }

    /** Null where the pool is not being warmed up towards the provider. */
    private @Nullable Map<String, @Nullable Object> warmUp(String pool, String provider) {
        return brain.warmUps().views().stream().filter(view -> view.state().pool().equals(pool) && view.state().provider().equals(provider) && view.state().underWay()).findFirst()
                .map(WarmUpApi::shown).orElse(null);
    }

    static Map<String, @Nullable Object> ceiling(Ceiling ceiling, PoolView view) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("halted_until", ceiling.halt() == null ? null : ceiling.halt().until());
        out.put("per_second", Double.isInfinite(ceiling.perSecond()) ? null : ReputationJson.rounded(ceiling.perSecond()));
        out.put("connections", ceiling.connectionsOf(Math.min(view.maxConnections(), view.maxConnectionsToProvider())));
        out.put("messages_per_connection", ceiling.messages() == Integer.MAX_VALUE ? null : ceiling.messages());
        out.put("why", ceiling.halt() == null || ceiling.why().contains(ceiling.halt().why()) ? ceiling.why()
                : ceiling.why().isEmpty() ? ceiling.halt().why() : ceiling.halt().why() + "; " + ceiling.why());
        return out;
    }
}
