package dev.dromedary.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is room for, as configured.
 *
 * @param disk     per cent used from which no more mail is taken
 * @param database bytes, or null where it is not known
 */
public record Limits(List<Limit> pools, List<Limit> providers, List<Limit> pairs, double disk, @Nullable Double database, String databaseWhy) {

    /**
     * @param perSecond     messages, or null for none
     * @param conversations at a time, or null for none
     */
    public record Limit(Pair where, @Nullable Double perSecond, @Nullable Integer conversations) {
    }

    public Limits {
        pools = List.copyOf(pools);
        providers = List.copyOf(providers);
        pairs = List.copyOf(pairs);
    }
}
