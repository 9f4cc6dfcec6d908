package dev.dromedary.pool;

import dev.dromedary.config.DromedaryConfig.DeliveryRoute;
import dev.dromedary.message.Envelope;
import dev.dromedary.provider.DomainPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Which delivery route serves a message. Among the routes that match, the one with the most specific recipient pattern wins, then
 * the one that also names the stream or the sender's domain, then the higher priority; routes equal in all of that share the
 * traffic by weight.
 *
 * <p>A {@code provider:ID} pattern ranks between an exact domain and a wildcard: it names a known set of domains.
 */
public final class RouteTable {
    private static final String PROVIDER_PREFIX = "provider:";
    private static final int PROVIDER_SPECIFICITY = DomainPattern.parse("example.com").specificity() - 1;

    private static final String POOL_PREFIX = "pool:";

    private final List<Entry> entries = new ArrayList<>();
    /** By the name that an envelope may carry. */
    private final Map<String, DeliveryRoute> named = new HashMap<>();
    private final RandomGenerator random;

    public RouteTable(List<DeliveryRoute> routes, RandomGenerator random) {
        this.random = random;
        routes.stream().flatMap(route -> route.pools().stream()).distinct().forEach(pool -> named.put(POOL_PREFIX + pool, only(pool)));
        routes.forEach(route -> named.put(route.id(), route));
        routes.forEach(route -> entries.add(new Entry(route)));
    }

    /** The pool alone, under its own limits. */
    private static DeliveryRoute only(String pool) {
        return new DeliveryRoute(POOL_PREFIX + pool, List.of("*"), Set.of(), List.of(), List.of(pool), 0, 1, null);
    }

    /** Whether an envelope may name it: the id of a route, or {@code pool:ID} for a pool of any route. */
    public boolean knows(String route) {
        return named.containsKey(route);
    }

    /** What an envelope may name, in alphabetical order. */
    public List<String> names() {
        return named.keySet().stream().sorted().toList();
    }

    /** The route that the envelope names, where there is one, or the one that matches. Empty where no route matches: then the message cannot be sent until the configuration names one. */
    public Optional<DeliveryRoute> routeFor(Envelope envelope) {
        DeliveryRoute chosen = envelope.route() == null ? null : named.get(envelope.route());
        if (chosen != null) {
            return Optional.of(chosen);
        }
        String senderDomain = envelope.from() == null ? "" : envelope.from().domain();
        return routeFor(envelope.to().domain(), envelope.provider(), envelope.stream(), senderDomain);
    }

    public Optional<DeliveryRoute> routeFor(String recipientDomain, String provider, String stream, String senderDomain) {
        var best = new ArrayList<Match>();
        for (Entry entry : entries) {
            Match match = entry.match(recipientDomain, provider, stream, senderDomain);
            if (match != null) {
                int order = best.isEmpty() ? 1 : Match.RANKING.compare(match, best.get(0));
                if (order > 0) {
                    best.clear();
                }
                if (order >= 0) {
                    best.add(match);
                }
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(draw(best));
    }

    private DeliveryRoute draw(List<Match> best) {
        if (best.size() == 1) {
            return best.get(0).route();
        }
        int drawn = random.nextInt(best.stream().mapToInt(m -> m.route().weight()).sum());
        for (Match match : best) {
            drawn -= match.route().weight();
            if (drawn < 0) {
                return match.route();
            }
        }
        throw new IllegalStateException("weights of " + best + " do not add up");
    }

    private record Match(DeliveryRoute route, int specificity, int qualifiers) {
        static final Comparator<Match> RANKING = Comparator.comparingInt(Match::specificity)
                .thenComparingInt(Match::qualifiers)
                .thenComparingInt(m -> m.route().priority());
    }

    private static final class Entry {
        private final DeliveryRoute route;
        private final List<String> providers;
        private final List<DomainPattern> recipients;
        private final List<DomainPattern> senders;

        Entry(DeliveryRoute route) {
            this.route = route;
            this.providers = route.recipients().stream().filter(r -> r.startsWith(PROVIDER_PREFIX))
                    .map(r -> r.substring(PROVIDER_PREFIX.length())).toList();
            this.recipients = route.recipients().stream().filter(r -> !r.startsWith(PROVIDER_PREFIX)).map(DomainPattern::parse).toList();
            this.senders = route.senderDomains().stream().map(DomainPattern::parse).toList();
        }

        @org.jspecify.annotations.Nullable Match match(String domain, String provider, String stream, String senderDomain) {
            boolean streamFits = route.streams().isEmpty() || route.streams().contains(stream);
            boolean senderFits = senders.isEmpty() || senders.stream().anyMatch(p -> p.matches(senderDomain));
            if (!streamFits || !senderFits) {
                return null;
            }
            int specificity = recipients.stream().filter(p -> p.matches(domain)).mapToInt(DomainPattern::specificity).max().orElse(-1);
            if (providers.contains(provider)) {
                specificity = Math.max(specificity, PROVIDER_SPECIFICITY);
            }
            int qualifiers = (route.streams().isEmpty() ? 0 : 1) + (senders.isEmpty() ? 0 : 1);
            return specificity < 0 ? null : new Match(route, specificity, qualifiers);
        }
    }
}
