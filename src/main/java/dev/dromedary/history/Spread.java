package dev.dromedary.history;

import java.util.Map;
import java.util.TreeMap;

/**
 * How times are spread, in buckets that each end a tenth above the one before, so that a percentile is off by at most 5 % of itself (the idea of Masson, Rim
 * and Lee, "DDSketch", 2019). Buckets have fixed bounds, so that spreads add up, also in SQL. From a millisecond to 30 days, what lies beyond counts
 * for the nearest. Not thread-safe.
 */
public final class Spread {
    private static final double GROWTH = 1.1;
    private static final double LOG = Math.log(GROWTH);
    private static final int MOST = bucket(30L * 86_400_000);

    private final TreeMap<Integer, Long> buckets = new TreeMap<>();
    private long count;
    private long millis;

    /** @param bounds of {@code counts}, one to one; @param millis sum of all times */
    public static Spread of(Integer[] bounds, Long[] counts, long millis) {
        var spread = new Spread();
        for (int i = 0; i < bounds.length; i++) {
            spread.buckets.merge(bounds[i], counts[i], Long::sum);
            spread.count += counts[i];
        }
        spread.millis = millis;
        return spread;
    }

    /** Bucket 0 holds a millisecond and less, bucket n what is above 1.1^(n-1) and at most 1.1^n. */
    private static int bucket(long time) {
        return time <= 1 ? 0 : (int) Math.ceil(Math.log(time) / LOG - 1e-9);
    }

    public void add(long time) {
        long known = Math.max(0, time);
        buckets.merge(Math.min(MOST, bucket(known)), 1L, Long::sum);
        count++;
        millis += known;
    }

    public Spread add(Spread other) {
        other.buckets.forEach((bucket, n) -> buckets.merge(bucket, n, Long::sum));
        count += other.count;
        millis += other.millis;
        return this;
    }

    public long count() {
        return count;
    }

    public long millis() {
        return millis;
    }

    /** In milliseconds. @return NaN of none */
    public double mean() {
        return count == 0 ? Double.NaN : (double) millis / count;
    }

    /** In milliseconds, the middle of its bucket. @param share such as 0.95. @return NaN of none */
    public double percentile(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (Map.Entry<Integer, Long> one : buckets.entrySet()) {
            seen += one.getValue();
            if (seen >= rank) {
                return one.getKey() == 0 ? 1 : 2 * Math.pow(GROWTH, one.getKey()) / (1 + GROWTH);
            }
        }
        return Double.NaN;
    }

    public Integer[] bounds() {
        return buckets.keySet().toArray(Integer[]::new);
    }

    public Long[] counts() {
        return buckets.values().toArray(Long[]::new);
    }
}
