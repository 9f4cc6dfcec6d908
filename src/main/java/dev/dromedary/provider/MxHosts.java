package dev.dromedary.provider;

import dev.dromedary.config.DromedaryConfig;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which provider runs an MX host: by suffix of whole labels, so that {@code google.com} is itself and {@code aspmx.l.google.com} but not
 * {@code notgoogle.com}, or by a {@link DomainPattern} where it holds a {@code *}. The longest suffix wins.
 */
public final class MxHosts {
    private final PatternIndex<Claim> index = new PatternIndex<>();

    record Claim(String provider, String suffix) {
    }

    /** @throws IllegalArgumentException with {@code [DOMAIN_PATTERN_INVALID]} where a suffix is no name */
    public MxHosts(Collection<DromedaryConfig.Provider> providers) {
        for (DromedaryConfig.Provider provider : providers) {
            for (String suffix : provider.mx()) {
                var claim = new Claim(provider.id(), suffix);
                index.put(DomainPattern.parse(suffix), claim);
                if (!suffix.contains("*")) {
                    index.put(DomainPattern.parse("*." + suffix), claim);
                }
            }
        }
    }

    @Nullable Claim claim(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        PatternIndex.Match<Claim> match = index.best(name.toLowerCase(Locale.ROOT));
        return match == null ? null : match.value();
    }
}
