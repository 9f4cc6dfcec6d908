package dev.dromedary.provider;

/** Which provider a domain belongs to, and how that is known. */
public sealed interface Resolution {
    String provider();

    /** One line for people. */
    String reason();

    record ByPattern(String provider, DomainPattern pattern) implements Resolution {
        @Override
        public String reason() {
            return "pattern " + pattern;
        }
    }

    /** @param host the most preferred MX host that a provider claims; @param suffix by which it does */
    record ByMx(String provider, String host, String suffix) implements Resolution {
        @Override
        public String reason() {
            return "MX host " + host + " (" + suffix + ")";
        }
    }

    /** No provider claims the domain. @param reason such as that no MX host is known to any */
    record Unclaimed(String reason) implements Resolution {
        @Override
        public String provider() {
            return ProviderDirectory.OTHER;
        }
    }
}
