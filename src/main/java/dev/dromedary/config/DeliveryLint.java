package dev.dromedary.config;

import dev.dromedary.config.DromedaryConfig.DeliveryRoute;
import dev.dromedary.config.DromedaryConfig.Pool;
import dev.dromedary.provider.DomainPattern;
import dev.dromedary.provider.ProviderDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with pools, providers and routes although each value is right. */
final class DeliveryLint {
    private static final String PROVIDER = "provider:";
    private static final int SUBMISSIONS = 465;

    private final Findings findings;
    private final Path directory;

    DeliveryLint(Findings findings, Path directory) {
        this.findings = findings;
        this.directory = directory;
    }

    void check(Settings root, DromedaryConfig config) {
        pools(root, config);
        if (patternsAreSound(root)) {
            overlaps(config);
            shadows(root, config);
        }
        routes(root, config);
        new RetryLint(findings).check(root, config);
        EarlyWarningSchema.lint(root, findings);
        IsolationSchema.lint(root, findings);
        new MixingLint(findings).check(root, config);
    }

    private void pools(Settings root, DromedaryConfig config) {
        Set<String> routed = new LinkedHashSet<>();
        config.routes().forEach(route -> routed.addAll(route.pools()));
        for (Settings settings : root.items("pools")) {
            if (DefaultPools.isSandbox(settings)) {
                sandbox(settings, config);
                continue;
            }
            Pool pool = config.pools().get(settings.name());
            if (pool == null) {
                continue;
            }
            protection(settings, pool);
            truststore(settings);
            settings.items("limits").forEach(limit -> limit(limit, pool, config));
            if (!routed.contains(pool.id())) {
                findings.warning(ConfigCode.UNUSED_POOL, settings.place(), settings.path(), "in no delivery route", "add it to the pools of a route, or remove it");
            }
        }
    }

    private void limit(Settings limit, Pool pool, DromedaryConfig config) {
        if (!config.providers().containsKey(limit.name())) {
            findings.error(ConfigCode.UNKNOWN_PROVIDER, limit.place(), limit.path(), "no such provider", NearestKey.advice(limit.name(), config.providers().keySet()));
        }
        Integer connections = limit.optional("max-connections", Integer.class);
        if (connections != null && connections > pool.maxConnections()) {
            findings.warning(ConfigCode.LIMIT_NEVER_BINDS, limit.place("max-connections"), limit.path("max-connections"), connections + " is more than the pool's " + pool.maxConnections(), "lower it, or raise the pool's");
        }
        Rate rate = limit.optional("rate", Rate.class);
        if (rate != null && pool.rate() != null && rate.perSecond() > pool.rate().perSecond()) {
            findings.warning(ConfigCode.LIMIT_NEVER_BINDS, limit.place("rate"), limit.path("rate"), RateText.print(rate) + " is more than the pool's " + RateText.print(pool.rate()), "lower it, or raise the pool's");
        }
    }

    private void sandbox(Settings settings, DromedaryConfig config) {
        if (!config.sandbox().enabled() && settings.name().equals("sandbox-a")) {
            findings.error(ConfigCode.NO_POOLS, Place.NOWHERE, "pools", "none, and the sandbox is off", "add a pool, or write sandbox.enabled: true");
        }
    }

    private void protection(Settings settings, Pool pool) {
        if (settings.isGiven("username") && Set.of("password", "password-env", "password-file").stream().noneMatch(settings::isGiven)) {
            findings.error(ConfigCode.MISSING_VALUE, settings.place("username"), settings.path("password-env"), "not set, but username is", "write password-env or password-file");
        }
        if (pool.username() == null && !pool.password().isEmpty()) {
            findings.error(ConfigCode.MISSING_VALUE, settings.place(), settings.path("username"), "not set, but a password is", "write username");
        }
        if (pool.tls() == DromedaryConfig.TlsMode.NONE && !Addresses.isLoopback(pool.host())) {
            if (pool.username() != null) {
                findings.error(ConfigCode.AUTH_IN_CLEAR, settings.place("tls"), settings.path("tls"), "none with a password", "write starttls or implicit");
            } else {
                findings.warning(ConfigCode.TLS_OFF, settings.place("tls"), settings.path("tls"), "none towards another machine", "write starttls or implicit");
            }
        }
        if (pool.port() == SUBMISSIONS && pool.tls() == DromedaryConfig.TlsMode.STARTTLS) {
            findings.warning(ConfigCode.TLS_PORT, settings.place("port"), settings.path("tls"), "starttls on port 465", "write implicit: port 465 speaks TLS from the first byte (RFC 8314)");
        }
    }

    private void truststore(Settings settings) {
        String file = settings.optional("truststore", String.class);
        if (file != null && !Files.isReadable(directory.resolve(file))) {
            findings.error(ConfigCode.MISSING_FILE, settings.place("truststore"), settings.path("truststore"), "\"" + file + "\" is not there or not readable", "write a path relative to the configuration's folder");
        }
    }

    private boolean patternsAreSound(Settings root) {
        boolean sound = true;
        for (Settings provider : root.items("providers")) {
            sound &= sound(provider, "patterns") & sound(provider, "mx");
        }
        for (Settings route : root.items("delivery-routes")) {
            sound &= sound(route, "recipients") & sound(route, "sender-domains");
        }
        return sound;
    }

    private boolean sound(Settings settings, String key) {
        boolean sound = true;
        for (String pattern : settings.list(key, String.class)) {
            if (pattern.startsWith(PROVIDER) && key.equals("recipients")) {
                continue;
            }
            try {
                DomainPattern.parse(pattern);
            } catch (IllegalArgumentException bad) {
                sound = false;
                String message = String.valueOf(bad.getMessage());
                findings.error(ConfigCode.BAD_PATTERN, settings.place(key), settings.path(key), "\"" + pattern + "\"", message.substring(message.lastIndexOf("; ") + 1).strip());
            }
        }
        return sound;
    }

    private void overlaps(DromedaryConfig config) {
        try {
            for (String overlap : new ProviderDirectory(config.providers(), null).overlaps()) {
                findings.warning(ConfigCode.PATTERN_CLAIMED_TWICE, Place.NOWHERE, "providers", overlap, "remove the pattern from one of the two if that is not meant");
            }
        } catch (IllegalArgumentException bad) {
            findings.error(ConfigCode.BAD_PATTERN, Place.NOWHERE, "providers", String.valueOf(bad.getMessage()), "write a domain");
        }
    }

    private void routes(Settings root, DromedaryConfig config) {
        boolean catchAll = false;
        for (Settings route : root.items("delivery-routes")) {
            for (String pool : route.list("pools", String.class)) {
                if (!config.pools().containsKey(pool)) {
                    findings.error(ConfigCode.UNKNOWN_POOL, route.place("pools"), route.path("pools"), "\"" + pool + "\" is no pool", NearestKey.advice(pool, config.pools().keySet()));
                }
            }
            for (String recipients : route.list("recipients", String.class)) {
                if (recipients.startsWith(PROVIDER) && !config.providers().containsKey(recipients.substring(PROVIDER.length()))) {
                    String id = recipients.substring(PROVIDER.length());
                    findings.error(ConfigCode.UNKNOWN_PROVIDER, route.place("recipients"), route.path("recipients"), "\"" + id + "\" is no provider", NearestKey.advice(id, config.providers().keySet()));
                }
                catchAll |= recipients.equals("*") && route.list("streams", String.class).isEmpty() && route.list("sender-domains", String.class).isEmpty();
            }
        }
        if (!catchAll) {
            findings.warning(ConfigCode.NO_CATCH_ALL, Place.NOWHERE, "delivery-routes", "none matches all mail", "add a route with recipients \"*\", or mail that no route matches cannot be sent");
        }
    }

    /** A route loses always where a single other one matches all that it matches, as specifically, and has the higher priority. */
    private void shadows(Settings root, DromedaryConfig config) {
        List<DeliveryRoute> routes = config.routes();
        for (int i = 0; i < routes.size(); i++) {
            DeliveryRoute route = routes.get(i);
            for (DeliveryRoute other : routes) {
                if (other.priority() > route.priority() && covers(other, route)) {
                    Settings settings = root.items("delivery-routes").get(i);
                    findings.warning(ConfigCode.SHADOWED_ROUTE, settings.place(), settings.path(), "never matches: " + other.id() + " takes all of its mail with priority " + other.priority(), "raise its priority, narrow " + other.id() + ", or remove one");
                    break;
                }
            }
        }
    }

    private static boolean covers(DeliveryRoute other, DeliveryRoute route) {
        return canonical(other.recipients()).containsAll(canonical(route.recipients()))
                && coversOption(other.streams(), route.streams())
                && coversOption(canonical(other.senderDomains()), canonical(route.senderDomains()));
    }

    /** Empty is any, but naming some is more specific and so wins over it. */
    private static boolean coversOption(Set<String> other, Set<String> route) {
        return other.isEmpty() == route.isEmpty() && other.containsAll(route);
    }

    private static Set<String> canonical(List<String> patterns) {
        Set<String> all = new LinkedHashSet<>();
        patterns.forEach(pattern -> all.add(pattern.startsWith(PROVIDER) ? pattern : DomainPattern.parse(pattern).toString()));
        return all;
    }
}
