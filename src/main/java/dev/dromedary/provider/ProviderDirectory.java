package dev.dromedary.provider;

import dev.dromedary.config.DromedaryConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mailbox provider of a recipient's domain. Thread-safe. */
public final class ProviderDirectory {
    /** The id for what no provider claims. */
    public static final String OTHER = "other";
    private final PatternIndex<String> index = new PatternIndex<>();
    private final MxHosts mxHosts;
    private final @Nullable MxRollup rollup;
    private final List<String> overlaps;

    /**
     * @param providers by id; where two claim the same pattern, the later has it, so that a configured provider can take a domain from a built-in one
     * @param rollup    asked for domains that no pattern matches, or null
     * @throws IllegalArgumentException with {@code [DOMAIN_PATTERN_INVALID]} where a pattern or MX suffix is none
     */
    public ProviderDirectory(Map<String, DromedaryConfig.Provider> providers, @Nullable MxRollup rollup) {
        var taken = new ArrayList<String>();
        for (DromedaryConfig.Provider provider : providers.values()) {
            for (String pattern : provider.patterns()) {
                String before = index.put(DomainPattern.parse(pattern), provider.id());
                if (before != null && !before.equals(provider.id())) {
                    taken.add(pattern + ": " + provider.id() + " takes it from " + before);
                }
            }
        }
        this.mxHosts = new MxHosts(providers.values());
        this.rollup = rollup;
        this.overlaps = List.copyOf(taken);
    }

    /** @param asciiDomain lower-case A-labels, or an address literal; @return a provider's id or {@link #OTHER} */
    public String providerOf(String asciiDomain) {
        PatternIndex.Match<String> match = index.best(asciiDomain);
        if (match != null) {
            return match.value();
        }
        return asksDns(asciiDomain) ? resolve(asciiDomain).provider() : OTHER;
    }

    /** As {@link #providerOf}, with the reason. */
    public Resolution resolve(String asciiDomain) {
        PatternIndex.Match<String> match = index.best(asciiDomain);
        if (match != null) {
            return new Resolution.ByPattern(match.value(), match.pattern());
        }
        if (rollup != null && asksDns(asciiDomain)) {
            return rollup.resolve(asciiDomain);
        }
        return new Resolution.Unclaimed("no pattern matches");
    }

    /** The provider that runs this MX host, or {@link #OTHER}; asks no DNS. */
    public String providerOfMxHost(String host) {
        MxHosts.Claim claim = mxHosts.claim(host);
        return claim == null ? OTHER : claim.provider();
    }

    /** Patterns that more than one provider claims, one sentence each. */
    public List<String> overlaps() {
        return overlaps;
    }

    private boolean asksDns(String asciiDomain) {
        return rollup != null && !asciiDomain.startsWith("[");
    }
}
