package dev.dromedary.report;

/** A pool towards a provider. Where one of them is not meant, or not known, it is empty. */
public record Pair(String provider, String pool) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
        int byProvider = provider.compareTo(other.provider);
        return byProvider != 0 ? byProvider : pool.compareTo(other.pool);
    }

    /** Whether what happened to this pair happened to the other as well: an empty part is any. */
    boolean covers(Pair other) {
        return (provider.isEmpty() || provider.equals(other.provider)) && (pool.isEmpty() || pool.equals(other.pool));
    }

    public String text() {
        if (provider.isEmpty() || pool.isEmpty()) {
            return provider.isEmpty() && pool.isEmpty() ? "all mail" : provider.isEmpty() ? "pool " + pool : provider;
        }
        return "pool " + pool + " to " + provider;
    }
}
