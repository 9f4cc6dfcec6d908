package dev.dromedary.config;

import dev.dromedary.config.DromedaryConfig.DeliveryRoute;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Mail that people wait for and mail that is sent to many should not share all of their pools: where a provider turns against the one, the other suffers.
 * Streams are known by their names.
 */
final class MixingLint {
    private static final List<String> WAITED_FOR = List.of("transactional", "transaction", "receipt", "password", "otp", "security", "account", "notification");
    private static final List<String> TO_MANY = List.of("marketing", "promo", "newsletter", "news", "bulk", "campaign", "offers", "announcement");

    private final Findings findings;

    MixingLint(Findings findings) {
        this.findings = findings;
    }

    void check(Settings root, DromedaryConfig config) {
        if (config.pools().size() < 2) {
            return;
        }
        Set<String> streams = new TreeSet<>(config.streams().keySet());
        config.routes().forEach(route -> streams.addAll(route.streams()));
        for (String waitedFor : streams) {
            for (String toMany : streams) {
                if (named(waitedFor, WAITED_FOR) && named(toMany, TO_MANY)) {
                    pair(root, config, waitedFor, toMany);
                }
            }
        }
    }

    private void pair(Settings root, DromedaryConfig config, String waitedFor, String toMany) {
        Set<String> pools = pools(config, waitedFor);
        if (!pools.isEmpty() && pools(config, toMany).containsAll(pools)) {
            findings.warning(ConfigCode.STREAMS_MIXED, root.items("delivery-routes").isEmpty() ? Place.NOWHERE : root.items("delivery-routes").get(0).place(), "delivery-routes",
                    "stream " + waitedFor + " has no pool that stream " + toMany + " does not use too (" + String.join(", ", pools) + ")",
                    "give " + waitedFor + " a pool of its own; see docs/isolation.md");
        }
    }

    /** Of the routes that name it, or else of those for any stream. */
    private static Set<String> pools(DromedaryConfig config, String stream) {
        Set<String> own = new TreeSet<>();
        Set<String> any = new HashSet<>();
        for (DeliveryRoute route : config.routes()) {
            if (route.streams().contains(stream)) {
                own.addAll(route.pools());
            } else if (route.streams().isEmpty()) {
                any.addAll(route.pools());
            }
        }
        return own.isEmpty() ? new TreeSet<>(any) : own;
    }

    private static boolean named(String stream, List<String> words) {
        String name = stream.toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(name::contains);
    }
}
