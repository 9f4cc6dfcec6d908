package dev.dromedary.config;

import dev.dromedary.config.DromedaryConfig.DeliveryRoute;
import dev.dromedary.config.DromedaryConfig.Pool;
import dev.dromedary.config.DromedaryConfig.PoolLimit;
import dev.dromedary.config.DromedaryConfig.Provider;
import dev.dromedary.config.DromedaryConfig.Timeouts;
import dev.dromedary.config.DromedaryConfig.TlsMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes pools, providers and delivery routes from settings. */
final class DeliveryBinder {
    /** For a pool without a host, which is an error already; the pool is kept so that routes to it are no further errors. */
    private static final String NO_HOST = "localhost";
    private static final String OTHER = "other";
    private static final int OTHER_CONSUMERS = 50;

    private final Path directory;
    private final Secrets secrets;
    private final Map<String, Provider> builtIns;

    DeliveryBinder(Path directory, Secrets secrets, Map<String, Provider> builtIns) {
        this.directory = directory;
        this.secrets = secrets;
        this.builtIns = builtIns;
    }

    Map<String, Pool> pools(Settings root) {
        Map<String, Pool> pools = new LinkedHashMap<>();
        for (Settings pool : root.items("pools")) {
            int port = DefaultPools.isSandbox(pool) ? root.section("sandbox").number("port") : pool.number("port");
            pools.putIfAbsent(pool.name(), pool(pool, port));
        }
        return Collections.unmodifiableMap(pools);
    }

    private Pool pool(Settings pool, int port) {
        String truststore = pool.optional("truststore", String.class);
        Settings timeouts = pool.section("timeouts");
        return new Pool(
                pool.name(), Objects.requireNonNullElse(pool.optional("host", String.class), NO_HOST), port, pool.choice("tls", TlsMode.class),
                pool.optional("username", String.class), secrets.read(pool, "password"), pool.text("hello"), pool.list("source-addresses", String.class),
                pool.number("max-connections"), pool.number("weight"), pool.optional("rate", Rate.class), limits(pool),
                pool.number("connection-max-messages"), pool.duration("connection-max-idle"), pool.duration("connection-max-age"),
                new Timeouts(timeouts.duration("connect"), timeouts.duration("read"), timeouts.duration("write"), timeouts.duration("end-of-data")),
                truststore == null ? null : directory.resolve(truststore));
    }

    private static Map<String, PoolLimit> limits(Settings pool) {
        Map<String, PoolLimit> limits = new LinkedHashMap<>();
        for (Settings limit : pool.items("limits")) {
            limits.put(limit.name(), new PoolLimit(limit.optional("rate", Rate.class), limit.optional("max-connections", Integer.class)));
        }
        return Collections.unmodifiableMap(limits);
    }

    /** Further providers come after the built-in ones, so that they can take a pattern from them; {@code other} is always there, and last. */
    Map<String, Provider> providers(Settings root) {
        Map<String, Provider> providers = new LinkedHashMap<>(builtIns);
        Provider other = providers.remove(OTHER);
        if (other == null) {
            other = new Provider(OTHER, List.of(), List.of(), null, OTHER_CONSUMERS, null, null);
        }
        for (Settings settings : root.items("providers")) {
            if (settings.name().equals(OTHER)) {
                other = provider(settings, other);
            } else {
                providers.put(settings.name(), provider(settings, providers.get(settings.name())));
            }
        }
        providers.put(OTHER, other);
        return Collections.unmodifiableMap(providers);
    }

    private static Provider provider(Settings settings, @Nullable Provider before) {
        if (before == null) {
            return new Provider(
                    settings.name(), settings.list("patterns", String.class), settings.list("mx", String.class), settings.optional("rate", Rate.class),
                    settings.number("consumers"), settings.optional("max-connections", Integer.class), settings.optional("messages-per-connection", Integer.class));
        }
        return new Provider(
                settings.name(),
                settings.isGiven("patterns") ? settings.list("patterns", String.class) : before.patterns(),
                settings.isGiven("mx") ? settings.list("mx", String.class) : before.mx(),
                settings.isGiven("rate") ? settings.optional("rate", Rate.class) : before.rate(),
                settings.isGiven("consumers") ? settings.number("consumers") : before.consumers(),
                settings.isGiven("max-connections") ? settings.optional("max-connections", Integer.class) : before.maxConnections(),
                settings.isGiven("messages-per-connection") ? settings.optional("messages-per-connection", Integer.class) : before.messagesPerConnection());
    }

    List<DeliveryRoute> routes(Settings root) {
        List<DeliveryRoute> routes = new ArrayList<>();
        for (Settings route : root.items("delivery-routes")) {
            routes.add(new DeliveryRoute(
                    route.name(), route.list("recipients", String.class), Set.copyOf(route.list("streams", String.class)), route.list("sender-domains", String.class),
                    route.list("pools", String.class), route.number("priority"), route.number("weight"), route.optional("rate", Rate.class)));
        }
        return List.copyOf(routes);
    }
}
